package afterbell.term.tariffs.quote;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.HalfBoundary;
import afterbell.base.rules.Choices.Payee;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dated price document of an authority, whole: what is charged for what, what absence and closure do to it, where money goes back. Prices are in fen.
 *
 * @param code for example {@code GX-2021}; stands before each clause
 * @param region code of GB/T 2260, 2 to 12 digits: it decides which rules judge the tariff
 * @param until last day; null where open
 * @param serviceFee whether it is charged as the after-school service's fee; false for a service class with an authority of its own
 * @param exemptOn which days of a stretch an exemption has to hold on to free the whole of it
 * @param bans what this document itself forbids, beyond the rules of the place
 * @param publicity whether families look at their bill before anything is collected; null where the document doesn't ask it
 * @param materials whether materials of courses may be charged apart; null where the document doesn't allow it
 */
public record Tariff(
        String code,
        Bilingual title,
        Bilingual authority,
        String number,
        String region,
        LocalDate from,
        @Nullable LocalDate until,
        Payee payee,
        Timing timing,
        Destination refundTo,
        boolean serviceFee,
        Rounding rounding,
        List<Item> items,
        List<Ceiling> ceilings,
        List<Limit> limits,
        List<Exemption> exemptions,
        ExemptOn exemptOn,
        List<Ban> bans,
        @Nullable LateFee lateFee,
        @Nullable Publicity publicity,
        @Nullable Materials materials) {

    public Tariff {
        items = List.copyOf(items);
        ceilings = List.copyOf(ceilings);
        limits = List.copyOf(limits);
        exemptions = List.copyOf(exemptions);
        bans = List.copyOf(bans);
    }

    /** When money is asked (R117). */
    public enum Timing {
        PREPAID,
        POSTPAID,
        SETTLE
    }

    /** On which days of a stretch an exemption has to hold; documents seldom say. */
    public enum ExemptOn {
        /** On one of them: the usual reading, in the family's favour. */
        ANY_DAY,
        /** On the first. */
        FIRST_DAY,
        /** From the first to the last. */
        EVERY_DAY
    }

    /** Where too much paid goes. Leavers always get money. */
    public enum Destination {
        ORIGINAL_PAYER,
        NEXT_TERM,
        CASH
    }

    /**
     * @param step in fen: 1, 10 or 100
     * @param whole true where only the statement's total is rounded, false where each line is
     */
    public record Rounding(RoundingMode mode, long step, boolean whole) {
        public static final Rounding USUAL = new Rounding(RoundingMode.HALF_UP, 1, false);
    }

    /** To whom something applies; an empty set or null means everybody. */
    public record For(
            Set<Stage> stages, Set<Integer> grades, @Nullable Location location, @Nullable Ownership ownership, @Nullable Boolean boarding) {
        public static final For ALL = new For(Set.of(), Set.of(), null, null, null);

        public For {
            stages = Set.copyOf(stages);
            grades = Set.copyOf(grades);
        }

        public boolean fits(Facts.Pupil pupil) {
            return (stages.isEmpty() || stages.contains(pupil.stage()))
                    && (grades.isEmpty() || grades.contains(pupil.grade()))
                    && (location == null || location == pupil.location())
                    && (ownership == null || ownership == pupil.ownership())
                    && (boarding == null || boarding == pupil.boarding());
        }
    }

    /** What a quantity counts, for units of a day or less. */
    public enum Counted {
        /** What was ordered for the time. */
        PLANNED,
        /** What took place. */
        HELD,
        /** What the child took part in. */
        ATTENDED
    }

    /**
     * One priced thing.
     *
     * @param services any of them makes the item due, once
     * @param perDay units of one day, where the tariff fixes them by grade; empty where the facts say
     * @param times a fixed number of months or the like, asked once a term; null where each stretch of the facts counts
     * @param months of the year in which the item is offered, by the first day of a stretch: a summer's price and a winter's; empty = all
     * @param most days that may be charged at the most; null = no bound
     * @param minutesADay a day on which the school held less than this, because something fell out, counts as not held; null = any length will do
     */
    public record Item(
            String code,
            Bilingual name,
            Set<ServiceClass> services,
            For who,
            long fen,
            FeeUnit unit,
            Counted counted,
            List<PerDay> perDay,
            @Nullable BigDecimal times,
            Set<Integer> months,
            @Nullable Most most,
            @Nullable Integer minutesADay,
            String clause,
            List<Adjustment> adjustments,
            List<Surcharge> surcharges) {
        public Item {
            services = Set.copyOf(services);
            perDay = List.copyOf(perDay);
            months = Set.copyOf(months);
            adjustments = List.copyOf(adjustments);
            surcharges = List.copyOf(surcharges);
        }

        boolean byDay() {
            return switch (unit) {
                case PERIOD, PERIOD_DAY, HOUR, DAY -> true;
                case HALF_MONTH, MONTH, TERM, SESSION -> false;
            };
        }
    }

    public record PerDay(Set<Integer> grades, BigDecimal units) {}

    /** So many days at the most. */
    public record Most(int days, Per per) {
        public enum Per {
            /** In each billing time. */
            STRETCH,
            /** In each week that a billing time touches, counted together. */
            WEEK,
            /** In the whole term. */
            TERM
        }
    }

    /** An addition for units of a special kind. */
    public record Surcharge(String what, long fen, boolean thirdParty, String clause) {}

    /** Why a day was not used. */
    public enum Cause {
        LEAVE,
        WITHDRAWAL,
        UNDELIVERED,
        CLOSURE
    }

    /** What absence does to the price of a month, a term or another lump. */
    public sealed interface Adjustment {
        String clause();

        /**
         * Attendance below a share of the divisor costs less.
         *
         * @param share percent of the days that make the border
         * @param below percent of the price below the border
         * @param at what exactly the border costs; null where the document is silent and the rules of the place say it
         * @param zero percent of the price where nothing at all was attended; null as {@code at}
         */
        record Threshold(Divisor of, int share, int below, @Nullable HalfBoundary at, @Nullable Integer zero, String clause) implements Adjustment {}

        /** The price's share of each day lost to one of the causes comes off. */
        record Proportional(Set<Cause> causes, Divisor divisor, String clause) implements Adjustment {}

        /** A fixed amount for each day lost to one of the causes comes off. */
        record Daily(Set<Cause> causes, long fen, String clause) implements Adjustment {}

        /** So many days of absence in a row take so many percent off; the highest step that is reached counts. */
        record InARow(List<Step> steps, String clause) implements Adjustment {}

        /** A withdrawal returns percent by the share of the planned days that had passed; the first step not passed counts. */
        record Elapsed(List<Step> steps, String clause) implements Adjustment {}

        /**
         * A cancellation up to the deadline returns everything; a later one after review returns {@code after} percent.
         *
         * @param on the deadline as a date; null where {@code days} says it
         * @param days the deadline as a day of the term, 1 for its first, so that the document holds for each term
         */
        record Cancellation(@Nullable LocalDate on, @Nullable Integer days, int after, String clause) implements Adjustment {
            /** @param first day of the term, or of the document where that is later */
            public LocalDate deadline(LocalDate first) {
                if (on != null) return on;
                return days == null ? first : first.plusDays(days - 1L);
            }
        }

        /** Who joined within the time pays for the days from then on: planned days over the divisor. */
        record Joining(Divisor divisor, String clause) implements Adjustment {}

        /** @param from days in a row, or percent of the days that had passed at the most */
        record Step(int from, int percent) {}
    }

    /**
     * What a lump is divided by to price a day.
     *
     * @param fixed days, used where {@code kind} is FIXED
     */
    public record Divisor(Kind kind, @Nullable BigDecimal fixed) {
        /** Field names of the facts. */
        public enum Kind {
            STATUTORY_WORKDAYS,
            PLANNED_DAYS,
            FIXED
        }
    }

    /** Charges of one stretch or of the term together never pass this. */
    public record Ceiling(boolean perTerm, long fen, Set<ServiceClass> services, String clause) {}

    /** What the authority allows at the most for a unit: a price above it is refused. */
    public record Limit(FeeUnit unit, long fen, Set<ServiceClass> services, For who, String clause) {}

    public record Exemption(String group, int percent, String clause) {}

    /** Something that the document forbids, by the key of the rule that it is about. */
    public record Ban(String rule, String clause, String instead) {}

    /** Each bill is shown to its family for some days, and what it objects to is answered, before money is asked. @param days after the day of the bill */
    public record Publicity(int days, String clause) {}

    /** Materials of a course at what they cost, agreed by the family, never part of the service's fee. @param most fen for one child and course in a term */
    public record Materials(long most, String clause) {}

    /**
     * A fee for coming late to fetch a child: known abroad, off in China.
     *
     * @param fen a minute
     * @param doubles whether each repeat within a month doubles it
     */
    public record LateFee(boolean on, String currency, long fen, boolean doubles, List<Removal> removals, String clause) {

        /** So many times within so many months ends the place. */
        public record Removal(int times, int months) {}
    }
}
