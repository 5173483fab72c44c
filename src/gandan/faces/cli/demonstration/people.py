"""Made-up names from common syllables. Nobody is meant; whoever bears such a name is one of thousands."""

from random import Random

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
WEIGHTS = (38, 12, 10, 7, 5, 4, 4, 4, 4, 3, 3, 2, 2, 2, 1, 1)
WOMEN = ("Thị", "Ngọc", "Thanh", "Kim", "Mỹ", "Bích", "Phương", "Thu", "Minh", "Hồng")
MEN = ("Văn", "Hữu", "Đức", "Minh", "Quốc", "Thanh", "Anh", "Công", "Gia", "Trọng")
HERS = (
    "Lan",
    "Hoa",
    "Mai",
    "Hương",
    "Trang",
    "Linh",
    "Ngân",
    "Thảo",
    "Vy",
    "Yến",
    "Châu",
    "Diễm",
    "Hạnh",
    "Nhung",
    "Quyên",
    "Thúy",
    "Xuân",
)
HIS = (
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Hải",
    "Hùng",
    "Khang",
    "Khoa",
    "Long",
    "Nam",
    "Phúc",
    "Quang",
    "Sơn",
    "Tâm",
    "Tuấn",
    "Vinh",
)


def names(rng: Random, count: int) -> list[str]:
    """Return so many names, women's and men's in turns by chance."""
    surnames = rng.choices(SURNAMES, WEIGHTS, k=count)
    chosen = rng.choices(((WOMEN, HERS), (MEN, HIS)), k=count)
    return [
        f"{surname} {rng.choice(middle)} {rng.choice(given)}" for surname, (middle, given) in zip(surnames, chosen, strict=True)
    ]
