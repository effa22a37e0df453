package afterbell.base.shared;

/** An amount in whole fen (1/100 yuan); may be negative. Arithmetic fails loudly on overflow. */
public record Money(long fen) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(fen, other.fen));
    }

    public Money times(long n) {
        return new Money(Math.multiplyExact(fen, n));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }
}
