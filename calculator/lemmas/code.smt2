; The functions of the code that the lemmas speak about, over integers without a width: what the lemmas have in common,
; read before each of them. `tests/tests/lemmas/code.rs` holds them equal to the functions in Rust.
; Amounts are MOR wei, stake-seconds MOR wei * s, fees 1e-25, times Unix seconds, days UTC day numbers.
(set-option :timeout 60000) ; milliseconds for each question; one that takes longer is answered "unknown", and fails
(set-logic ALL)

(define-fun least ((a Int) (b Int)) Int (ite (<= a b) a b))
(define-fun most ((a Int) (b Int)) Int (ite (>= a b) a b))

; calculator/maths/src/mul_div.rs
(define-fun share_down ((amount Int) (part Int) (whole Int)) Int
  (ite (= whole 0) 0 (ite (>= part whole) amount (div (* amount part) whole))))

; calculator/maths/src/stake.rs
(define-fun stake_denominator ((emitted Int) (all_stake Int)) Int (most (* emitted 86400) all_stake))
(define-fun credit_bound ((emission Int) (emitted Int) (stake Int)) Int
  (share_down emission stake (stake_denominator emitted 0)))

; calculator/maths/src/reward.rs
(define-fun usage_reward ((emission Int) (work Int) (all_work Int)) Int (share_down emission work all_work))
(define-fun stake_reward ((emission Int) (emitted Int) (stake Int) (all_stake Int)) Int
  (share_down emission stake (stake_denominator emitted all_stake)))
(define-fun payable ((emission Int) (emitted Int) (work Int) (all_work Int) (stake Int) (all_stake Int)) Int
  (least (usage_reward emission work all_work) (stake_reward emission emitted stake all_stake)))

; calculator/maths/src/split.rs
(define-fun stakers_part ((reward Int) (fee Int)) Int
  (share_down reward (most 0 (- 10000000000000000000000000 fee)) 10000000000000000000000000))
(define-fun operator_part ((reward Int) (fee Int)) Int (- reward (stakers_part reward fee)))

; calculator/maths/src/accumulator.rs; the constant is 2^128
(define-fun increment ((pot Int) (stake Int)) Int
  (ite (= stake 0) 0 (div (* pot 340282366920938463463374607431768211456) stake)))
(define-fun to_wei_down ((accrual Int)) Int (div accrual 340282366920938463463374607431768211456))

; calculator/maths/src/compute.rs: the launch day is 19761, 5833 intervals
(define-fun emission_of ((day Int)) Int
  (ite (or (< day 19761) (> day 25594)) 0
  (ite (= day 19761) 1728000000000000000000
  (ite (= day 25594) (- 1728000000000000000000 (* 296279364120000000 5832))
    (- 3456000000000000000000 (* 296279364120000000 (- (* 2 (- day 19761)) 1)))))))
(define-fun emitted_by_end_of ((day Int)) Int
  (ite (< day 19761) 0
  (ite (>= day 25594) 10079999999721449280000000
    (- (* 1728000000000000000000 (+ (* 2 (- day 19761)) 1))
       (* 296279364120000000 (- day 19761) (- day 19761))))))
(define-fun emission_of_days ((from Int) (to Int)) Int
  (most 0 (- (emitted_by_end_of (- to 1)) (emitted_by_end_of (- from 1)))))

; contracts/ledger/src/level.rs: a day's stake-seconds after a deposit and a withdrawal with `left` seconds of it left
(define-fun after_deposit ((stake Int) (amount Int) (left Int)) Int (+ stake (* amount left)))
(define-fun after_withdrawal ((stake Int) (amount Int) (left Int)) Int (most 0 (- stake (* amount left))))

; contracts/ledger/src/minimum.rs: with which a day counts for a subnet, by the minimum that was in force on it
(define-fun required_stake_seconds ((minimum Int)) Int (most 1 (* minimum 86400)))

; calculator/maths/src/day.rs: seconds of the span [from, to) that lie in the day
(define-fun seconds_of ((day Int) (from Int) (to Int)) Int
  (most 0 (- (least to (* 86400 (+ day 1))) (most from (* 86400 day)))))
