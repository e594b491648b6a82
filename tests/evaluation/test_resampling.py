import numpy as np
import pytest

from kg.evaluation import Resampling
from kg.evaluation.resampling import f1_intervals, share_interval


def test_papers_that_are_all_alike_leave_no_doubt() -> None:
    assert f1_intervals([[(1, 2, 2)]] * 5, Resampling()) == [(0.5, 0.5)]
    assert share_interval([True] * 3, Resampling()) == (1, 1)


def test_the_interval_lies_around_the_figure_and_narrows_with_more_papers() -> None:
    papers = [[(1, 1, 1)], [(0, 1, 1)]]

    wide, narrow = (f1_intervals(papers * times, Resampling())[0] for times in (5, 500))

    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
    # Of 1,000 papers the share has a standard error of 0.0158.
    assert narrow == pytest.approx((0.5 - 1.96 * 0.0158, 0.5 + 1.96 * 0.0158), abs=0.005)


def test_draws_in_which_nothing_can_be_right_or_wrong_are_left_out() -> None:
    assert f1_intervals([[(1, 1, 1), (0, 0, 0)], [(0, 0, 0), (0, 0, 0)]], Resampling()) == [(1, 1), (0, 0)]


def test_one_seed_gives_one_outcome() -> None:
    papers = [[(hits, 9, 9)] for hits in range(9)]

    first, again, other = (f1_intervals(papers, Resampling(50, seed)) for seed in (0, 0, 1))

    assert first == again != other


def test_totals_sum_as_many_papers_as_there_are() -> None:
    totals = Resampling(times=7).totals(np.ones((4, 2), dtype=np.int64))

    assert totals.tolist() == [[4, 4]] * 7
