"""The addresses of what both sides do together: matters, advice, inspections, relief."""

from django.urls import path

from gandan.faces.pages import counsel, matter_forms, matters, relief, relief_public

urlpatterns = [
    path("matters/", matters.matter_list, name="matters"),
    path("matters/map/", matters.matter_map, name="matter-map"),
    path("matters/new/", matter_forms.new, name="matter-new"),
    path("matters/pledges/<int:number>/", matters.pledge, name="matter-pledge"),
    path("matters/<int:number>/", matters.one, name="matter"),
    path("matters/<int:number>/change/", matter_forms.change, name="matter-change"),
    path("advice/", counsel.advice_list, name="advice"),
    path("advice/new/", counsel.advice_new, name="advice-new"),
    path("advice/<int:number>/", counsel.advice_one, name="advice-one"),
    path("inspections/", counsel.inspection_list, name="inspections"),
    path("inspections/new/", counsel.inspection_new, name="inspection-new"),
    path("inspections/findings/<int:number>/", counsel.finding, name="inspection-finding"),
    path("inspections/<int:number>/", counsel.inspection, name="inspection"),
    path("relief/", relief.emergencies, name="reliefs"),
    path("relief/<int:number>/", relief.one, name="relief"),
    path("relief/<int:number>/enter/", relief.enter, name="relief-enter"),
    path("relief/<int:number>/depots/<int:depot>/", relief.depot, name="relief-depot"),
    path("relief/needs/<int:number>/", relief.need, name="relief-need"),
    path("public/relief/", relief_public.home, name="public-relief"),
    path("public/relief/need/", relief_public.need, name="public-relief-need"),
    path("public/relief/offer/", relief_public.offer, name="public-relief-offer"),
    path("public/relief/mine/", relief_public.mine, name="public-relief-mine"),
]
