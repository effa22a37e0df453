package afterbell.money.billing.bureau;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/** Which figures stand apart from those of the other schools: further from the middle than three times what is usual. Pure. */
final class Outliers {
    /** Fewer schools have no middle to stand apart from. */
    private static final int LEAST = 5;

    private static final double FAR = 3;
    /** Makes the median distance comparable with a standard deviation (Leys et al. 2013). */
    private static final double SCALE = 1.4826;

    private final double middle;
    private final double usual;
    private final boolean known;

    Outliers(Collection<Double> figures) {
        known = figures.size() >= LEAST;
        middle = median(figures.stream().mapToDouble(Double::doubleValue).toArray()).orElse(0);
        usual = median(figures.stream().mapToDouble(f -> Math.abs(f - middle)).toArray()).orElse(0) * SCALE;
    }

    boolean apart(double figure) {
        return known && Math.abs(figure - middle) > Math.max(FAR * usual, 1e-9);
    }

    private static OptionalDouble median(double[] of) {
        if (of.length == 0) return OptionalDouble.empty();
        Arrays.sort(of);
        int half = of.length / 2;
        return OptionalDouble.of(of.length % 2 == 1 ? of[half] : (of[half - 1] + of[half]) / 2);
    }
}
