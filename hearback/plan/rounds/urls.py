"""Addresses of the quarterly round."""

from django.urls import path

from hearback.plan.rounds import board, charging, ending, mine

ROUND = "dashboard/rounds/<str:quarter>/"

urlpatterns = [
    path("dashboard/round/", mine.round_mine, name="round_mine"),
    path("dashboard/round/<str:quarter>/", mine.round_earlier, name="round_earlier"),
    path("dashboard/rounds/", board.round_list, name="round_list"),
    path("dashboard/rounds/owners/", charging.round_owners, name="round_owners"),
    path("dashboard/rounds/owners/seat/", charging.round_seat, name="round_seat"),
    path(ROUND, board.round_board, name="round_board"),
    path(f"{ROUND}close/", ending.round_close, name="round_close"),
    path(f"{ROUND}withdraw/", ending.round_withdraw, name="round_withdraw"),
    path(f"{ROUND}approve/", board.round_approve_same, name="round_approve_same"),
    path(f"{ROUND}<int:number>/", board.round_entry, name="round_entry"),
]
