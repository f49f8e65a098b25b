; L3. The rewards of a day add up to at most E, for any number of subnets: by induction over the subnets.
; After some of them, which did `done` of the work W, `paid` is paid. Held at each step: paid * W <= E * done.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const paid Int) (declare-const done Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(assert (and (>= E 0) (>= C 0) (>= paid 0) (<= 0 done W) (>= w 0) (<= (+ done w) W) (<= 0 s S)))
(define-fun held ((paid Int) (done Int)) Bool (<= (* paid W) (* E done)))

; True: before the first subnet it holds.
(push)
(assert (not (held 0 0)))
(set-info :status unsat)
(check-sat)
(pop)

; True: and after one more subnet, if it held before.
(push)
(assert (held paid done))
(assert (not (held (+ paid (payable E C w W s S)) (+ done w))))
(set-info :status unsat)
(check-sat)
(pop)

; True: so what is paid is at most E; on a day without work each reward is 0.
(push)
(assert (and (> W 0) (held paid done)))
(assert (not (<= paid E)))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (= W 0))
(assert (not (= 0 (payable E C w W s S))))
(set-info :status unsat)
(check-sat)
(pop)

; True: the stake sides of all subnets add up to at most E by themselves too; `held_stake` is the stake of some.
(declare-const held_stake Int)
(define-fun held_by_stake ((paid Int) (stake Int)) Bool (<= (* paid (stake_denominator C S)) (* E stake)))
(push)
(assert (and (<= 0 held_stake) (<= (+ held_stake s) S) (held_by_stake paid held_stake)))
(assert (not (held_by_stake (+ paid (stake_reward E C s S)) (+ held_stake s))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (and (<= 0 held_stake S) (> (stake_denominator C S) 0) (held_by_stake paid held_stake)))
(assert (not (<= paid E)))
(set-info :status unsat)
(check-sat)
(pop)

; False: if shares were rounded up.
(push)
(assert (and (> W 0) (held paid done)))
(assert (not (held (+ paid (- (div (- (* E w)) W))) (+ done w))))
(set-info :status sat)
(check-sat)
(pop)

; False: if the larger side were paid.
(push)
(assert (held paid done))
(assert (not (held (+ paid (most (usage_reward E w W) (stake_reward E C s S))) (+ done w))))
(set-info :status sat)
(check-sat)
(pop)

; False: if subnets were measured that the total leaves out.
(push)
(assert (and (> W 0) (<= (* paid W) (* E (+ done 1)))))
(assert (not (<= paid E)))
(set-info :status sat)
(check-sat)
(pop)
