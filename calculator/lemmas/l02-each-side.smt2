; L2. Whatever the inputs, consistent or not: a reward is at most each of its sides, and each side at most E.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(assert (and (>= E 0) (>= C 0) (>= w 0) (>= W 0) (>= s 0) (>= S 0)))

; True.
(push)
(assert (not (<= 0 (payable E C w W s S) (usage_reward E w W) E)))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (<= 0 (payable E C w W s S) (stake_reward E C s S) E)))
(set-info :status unsat)
(check-sat)
(pop)

; False: a reward is always less than E.
(push)
(assert (> E 0))
(assert (not (< (payable E C w W s S) E)))
(set-info :status sat)
(check-sat)
(pop)

; False: a side is at most E without the rule that a part above the whole gets all.
(push)
(assert (> W 0))
(assert (not (<= (div (* E w) W) E)))
(set-info :status sat)
(check-sat)
(pop)
