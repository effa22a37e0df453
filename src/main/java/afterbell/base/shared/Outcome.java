package afterbell.base.shared;

import java.util.List;

/** What a use case answers: done with a value, or refused with one reason per thing that is wrong. */
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(List<Refusal> refusals) implements Outcome<T> {
        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) throw new IllegalArgumentException("a refusal without a reason");
        }
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal... refusals) {
        return new Refused<>(List.of(refusals));
    }

    static <T> Outcome<T> refused(List<? extends Refusal> refusals) {
        return new Refused<>(List.copyOf(refusals));
    }
}
