package afterbell.term.tariffs.quote;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** An exact number: money and shares of days are divided without loss and rounded once, where the tariff says. */
record Ratio(BigInteger over, BigInteger under) implements Comparable<Ratio> {
    static final Ratio ZERO = of(0);
    static final Ratio ONE = of(1);

    Ratio {
        if (under.signum() == 0) throw new ArithmeticException("division by nothing");
        BigInteger common = over.gcd(under).max(BigInteger.ONE);
        if (under.signum() < 0) common = common.negate();
        over = over.divide(common);
        under = under.divide(common);
    }

    static Ratio of(long whole) {
        return new Ratio(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    static Ratio of(BigDecimal decimal) {
        BigInteger under = BigInteger.TEN.pow(Math.max(0, decimal.scale()));
        return new Ratio(decimal.multiply(new BigDecimal(under)).toBigIntegerExact(), under);
    }

    static Ratio percent(long percent) {
        return new Ratio(BigInteger.valueOf(percent), BigInteger.valueOf(100));
    }

    Ratio plus(Ratio other) {
        return new Ratio(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Ratio minus(Ratio other) {
        return plus(other.negated());
    }

    Ratio times(Ratio other) {
        return new Ratio(over.multiply(other.over), under.multiply(other.under));
    }

    Ratio dividedBy(Ratio other) {
        return new Ratio(over.multiply(other.under), under.multiply(other.over));
    }

    Ratio negated() {
        return new Ratio(over.negate(), under);
    }

    Ratio atMost(Ratio other) {
        return compareTo(other) > 0 ? other : this;
    }

    boolean isZero() {
        return over.signum() == 0;
    }

    boolean isPositive() {
        return over.signum() > 0;
    }

    /** To whole multiples of {@code step}. */
    long rounded(RoundingMode mode, long step) {
        BigDecimal steps = new BigDecimal(over).divide(new BigDecimal(under.multiply(BigInteger.valueOf(step))), 0, mode);
        return Math.multiplyExact(steps.longValueExact(), step);
    }

    /** With at most six decimals, for people. */
    BigDecimal shown() {
        BigDecimal decimal = new BigDecimal(over).divide(new BigDecimal(under), 6, RoundingMode.HALF_UP).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }

    @Override
    public int compareTo(Ratio other) {
        return over.multiply(other.under).compareTo(other.over.multiply(under));
    }
}
