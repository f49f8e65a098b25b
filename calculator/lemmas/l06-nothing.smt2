; L6. No work, no stake or no emission pays nothing.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(assert (and (>= E 0) (>= C 0) (<= 0 w W) (<= 0 s S)))

; True.
(push)
(assert (or (= w 0) (= s 0) (= E 0)))
(assert (not (= 0 (payable E C w W s S))))
(set-info :status unsat)
(check-sat)
(pop)

; False: nor does a second of work beside much work of others.
(push)
(assert (= w 1))
(assert (not (= 0 (payable E C w W s S))))
(set-info :status sat)
(check-sat)
(pop)

; False: whoever works, is staked and shares in an emission is paid something.
(push)
(assert (and (> w 0) (> s 0) (> E 0)))
(assert (not (< 0 (payable E C w W s S))))
(set-info :status sat)
(check-sat)
(pop)
