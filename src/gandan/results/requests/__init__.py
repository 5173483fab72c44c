"""What a superior asks of many units: templates, outlines, gathered from what each unit has counted."""
