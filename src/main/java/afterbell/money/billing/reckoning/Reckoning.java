package afterbell.money.billing.reckoning;

import afterbell.base.rules.RuleSource;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Quoting;
import afterbell.term.tariffs.quote.Tariff;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The account of a child's term under one tariff. Each charge reckons the whole account anew from all facts locked so far, and books what it differs from
 * the charge before: a corrected fact, a term's ceiling, a lump asked once and an exemption that ended all come out of this one rule (law 3).
 */
public final class Reckoning {
    private Reckoning() {}

    /** Why nothing may be charged, or what is. */
    public sealed interface Outcome {
        record Refused(Quote.Refused by) implements Outcome {}

        /**
         * @param fen to book now; below zero where earlier charges were too much
         * @param totalFen of the whole account; never below zero
         */
        record Due(long fen, long totalFen, List<Quote.Line> lines) implements Outcome {}
    }

    /** @param beforeFen total of the charge before; 0 where this is the first */
    public static Outcome charge(Tariff tariff, Facts facts, RuleSource rules, long beforeFen) {
        Quote quote = Quoting.quote(tariff, facts, rules);
        Quote.Refused refusal = quote.refusal();
        if (refusal != null) return new Outcome.Refused(refusal);
        long total = quote.chargedFen();
        if (total < 0) throw new IllegalStateException("a tariff that pays families");
        return new Outcome.Due(total - beforeFen, total, quote.lines());
    }

    /** What a charge added to the account before it and what it took back, line by line; the sum of both is what was booked. */
    public record Change(List<Quote.Line> added, List<Quote.Line> takenBack) {
        public Change {
            added = List.copyOf(added);
            takenBack = List.copyOf(takenBack);
        }

        public long fen() {
            return added.stream().mapToLong(Quote.Line::amountFen).sum() - takenBack.stream().mapToLong(Quote.Line::amountFen).sum();
        }
    }

    public static Change change(List<Quote.Line> before, List<Quote.Line> after) {
        List<Quote.Line> gone = new ArrayList<>(before);
        List<Quote.Line> added = new ArrayList<>();
        for (Quote.Line line : after) if (!gone.remove(line)) added.add(line);
        return new Change(added, gone);
    }

    /** Seal of a charge: over tariff, rules, facts, lines and amounts, each with its length. */
    public static byte[] seal(byte[] tariff, byte[] rules, String facts, String lines, long fen, long totalFen) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : List.of(utf8("1"), tariff, rules, utf8(facts), utf8(lines), utf8(Long.toString(fen)), utf8(Long.toString(totalFen)))) {
                digest.update(utf8(part.length + ":"));
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(utf8(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
