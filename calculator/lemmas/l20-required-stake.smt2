; L20. The required stake is the least with which the stake side reaches its target, whatever others stake; and where
; there is none, none reaches it.
; Code: `required_stake` in calculator/maths/src/stake.rs.
(declare-const target Int) (declare-const E Int) (declare-const C Int) (declare-const others Int)
(declare-const x Int)
(assert (and (> target 0) (>= E 0) (>= C 0) (>= others 0) (>= x 0)))
(define-fun up ((a Int) (b Int) (denominator Int)) Int (- (div (- (* a b)) denominator)))
(define-fun against_emitted () Int (up target C E))
(define-fun against_staked () Int (up target others (* 86400 (- E target))))
(define-fun reaches () Bool (>= (stake_reward E C (* x 86400) (+ others (* x 86400))) target))

; True: alone, and beside others.
(push)
(assert (and (= others 0) (<= target E)))
(assert (not (= reaches (>= x (most 1 against_emitted)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (and (> others 0) (< target E)))
(assert (not (= reaches (>= x (most against_emitted against_staked)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: none reaches more than the emission, nor all of it beside others.
(push)
(assert (or (> target E) (and (= target E) (> others 0))))
(assert reaches)
(set-info :status unsat)
(check-sat)
(pop)

; False: rounded down, it would do.
(push)
(assert (and (> others 0) (< target E)))
(assert (not (= reaches (>= x (most (div (* target C) E) against_staked)))))
(set-info :status sat)
(check-sat)
(pop)

; False: measured against what is emitted alone.
(push)
(assert (and (> others 0) (< target E)))
(assert (not (= reaches (>= x against_emitted))))
(set-info :status sat)
(check-sat)
(pop)
