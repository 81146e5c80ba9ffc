"""The town hall in pictures: its pages as people come to them, photographed for the manual."""
