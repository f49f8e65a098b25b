; L5. More work or stake of its own never earns less, with the total moving along or fixed; nor do more emission, or less
; work and stake of others.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(declare-const more Int)
(assert (and (>= E 0) (>= C 0) (<= 0 w W) (<= 0 s S) (>= more 0)))
(define-fun before () Int (payable E C w W s S))

; True: more work of its own, and the total as it was or moving along.
(push)
(assert (not (<= before (payable E C (+ w more) W s S))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (<= before (payable E C (+ w more) (+ W more) s S))))
(set-info :status unsat)
(check-sat)
(pop)

; True: more stake of its own, and the total as it was or moving along.
(push)
(assert (not (<= before (payable E C w W (+ s more) S))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (<= before (payable E C w W (+ s more) (+ S more)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: more emission of the day.
(push)
(assert (not (<= before (payable (+ E more) C w W s S))))
(set-info :status unsat)
(check-sat)
(pop)

; True: less work, or less stake, of others.
(push)
(assert (<= w (- W more)))
(assert (> (- W more) 0))
(assert (not (<= before (payable E C w (- W more) s S))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (<= s (- S more)))
(assert (> (stake_denominator C (- S more)) 0))
(assert (not (<= before (payable E C w W s (- S more)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: more work always earns more.
(push)
(assert (and (> more 0) (> E 0)))
(assert (not (< before (payable E C (+ w more) (+ W more) s S))))
(set-info :status sat)
(check-sat)
(pop)

; False: more work of others takes nothing.
(push)
(assert (not (<= before (payable E C w (+ W more) s S))))
(set-info :status sat)
(check-sat)
(pop)

; False: more emission so far takes nothing.
(push)
(assert (not (<= before (payable E (+ C more) w W s S))))
(set-info :status sat)
(check-sat)
(pop)
