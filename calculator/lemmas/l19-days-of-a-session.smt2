; L19. The seconds of a session, divided by day, add up to its length; and booking it piece by piece books what booking
; it at once does.
; Code: `Day::seconds_of` in calculator/maths/src/day.rs, the bookings in contracts/session-recorder/src/booking.rs.
(declare-const from Int) (declare-const to Int) (declare-const day Int)
(assert (and (<= 0 from to) (>= day 0)))
; By induction over the days: those before `day` hold the seconds of [from, to) before its beginning.
(define-fun before ((day Int)) Int (most 0 (- (least to (* 86400 day)) from)))

; True: the first day, one more day, the day after the last.
(push)
(assert (not (= 0 (before (div from 86400)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (<= (div from 86400) day))
(assert (not (= (before (+ day 1)) (+ (before day) (seconds_of day from to)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (> day (div to 86400)))
(assert (not (= (- to from) (before day))))
(set-info :status unsat)
(check-sat)
(pop)

; True: of each day, up to any second between and on from there.
(push)
(declare-const between Int)
(assert (<= from between to))
(assert (not (= (seconds_of day from to) (+ (seconds_of day from between) (seconds_of day between to)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: never more than a day, nor than the session.
(push)
(assert (not (and (<= 0 (seconds_of day from to) 86400) (<= (seconds_of day from to) (- to from)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: on from the second after.
(push)
(declare-const between Int)
(assert (<= from between to))
(assert (not (= (seconds_of day from to) (+ (seconds_of day from between) (seconds_of day (+ between 1) to)))))
(set-info :status sat)
(check-sat)
(pop)

; False: if midnight also belonged to the day that it ends.
(push)
(assert (not (<= (most 0 (- (least to (+ (* 86400 (+ day 1)) 1)) (most from (* 86400 day)))) 86400)))
(set-info :status sat)
(check-sat)
(pop)
