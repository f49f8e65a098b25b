; L17. A day's stake-seconds are the balance added up over its seconds: at any time what was staked so far, and the
; balance for each second that is left. So a withdrawal takes them below 0 never, and they are at most 86400 times the
; largest balance.
; Code: `Level::deposit`, `Level::withdraw` in contracts/ledger/src/level.rs, `stake_seconds_on` in checkpoint.rs.
(declare-const balance Int) (declare-const so_far Int) (declare-const left Int)
(declare-const stake Int) (declare-const amount Int) (declare-const seconds Int)
(assert (and (>= balance 0) (>= so_far 0) (<= 0 left 86400) (>= amount 0) (>= seconds 0)))
(define-fun held ((stake Int) (so_far Int) (balance Int) (left Int)) Bool (= stake (+ so_far (* balance left))))

; True: of a day that begins, for which nothing is booked yet.
(push)
(assert (not (held (* balance 86400) 0 balance 86400)))
(set-info :status unsat)
(check-sat)
(pop)

(assert (held stake so_far balance left))

; True: after seconds without a change, after a deposit, after a withdrawal.
(push)
(assert (<= seconds left))
(assert (not (held stake (+ so_far (* balance seconds)) balance (- left seconds))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (held (after_deposit stake amount left) so_far (+ balance amount) left)))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (<= amount balance))
(assert (not (held (after_withdrawal stake amount left) so_far (- balance amount) left)))
(set-info :status unsat)
(check-sat)
(pop)

; True: a withdrawal of no more than the balance never needs the 0 that it stops at.
(push)
(assert (<= amount balance))
(assert (not (>= (- stake (* amount left)) 0)))
(set-info :status unsat)
(check-sat)
(pop)

; True: with a balance of at most `largest` at any second, by induction over the seconds that were.
(push)
(declare-const largest Int)
(assert (and (<= balance largest) (<= so_far (* largest (- 86400 left)))))
(assert (not (and (<= stake (* largest 86400))
  (=> (<= seconds left) (<= (+ so_far (* balance seconds)) (* largest (- 86400 (- left seconds))))))))
(set-info :status unsat)
(check-sat)
(pop)

; True: levels that add up still do after a change of one and of their sum; `others` are the other levels' stake-seconds.
(push)
(declare-const others Int) (declare-const sum Int)
(assert (and (= sum (+ stake others)) (>= others 0) (<= amount balance)))
(assert (not (and (= (after_deposit sum amount left) (+ (after_deposit stake amount left) others))
                  (= (after_withdrawal sum amount left) (+ (after_withdrawal stake amount left) others)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: if a deposit counted for the whole day.
(push)
(assert (not (held (after_deposit stake amount 86400) so_far (+ balance amount) left)))
(set-info :status sat)
(check-sat)
(pop)

; False: if a withdrawal also took the second before it.
(push)
(assert (<= amount balance))
(assert (not (>= (- stake (* amount (+ left 1))) 0)))
(set-info :status sat)
(check-sat)
(pop)
