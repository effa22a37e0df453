package afterbell.day.dismissal.pickup;

import afterbell.base.audit.Audit;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.WayHome;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.GoingHomeLimits;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends somebody for a child on one day. Checked for the guardian, carried out for the school, whose list of people it is. */
@Component
class PickUp {
    private final WayHome wayHome;
    private final GoingHomeLimits limits;
    private final Roster roster;
    private final Audit audit;
    private final CommandKeys keys;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PickUp(WayHome wayHome, GoingHomeLimits limits, Roster roster, Audit audit, CommandKeys keys, TransactionTemplate transactions, Clock clock) {
        this.wayHome = wayHome;
        this.limits = limits;
        this.roster = roster;
        this.audit = audit;
        this.keys = keys;
        this.transactions = transactions;
        this.clock = clock;
    }

    PickUpPage page(Wearer me, UUID child, PickUpPage.Typed typed, List<? extends Refusal> refusals) {
        UUID school = schoolOf(me, child);
        LocalDate today = today();
        return asSchool(school, me.account(), () -> {
            Pupil pupil = roster.children(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            WayHome.Ways ways = wayHome.on(school, today, child);
            return new PickUpPage(
                    child,
                    pupil.name(),
                    pupil.className(),
                    ways.takers().stream().filter(t -> !t.byCode()).toList(),
                    ways.line() != null,
                    ways.walk() != null,
                    wayHome.sent(school, child, today),
                    days(school, today),
                    typed,
                    refusals);
        });
    }

    /** Somebody of this name comes on this day. Somebody whom a paper keeps away is refused with the words of every such refusal (law 9). */
    Outcome<UUID> send(Wearer me, UUID child, PickUpPage.Typed typed, UUID key) {
        UUID school = schoolOf(me, child);
        String name = PersonName.clean(typed.name());
        @Nullable LocalDate day = day(typed.day());
        List<Refusal> refusals = new ArrayList<>();
        if (!PersonName.good(name)) refusals.add(new Refusal.Simple("dismissal.refused.name", "name", List.of(PersonName.LONGEST)));
        if (day == null || !days(school, today()).contains(day)) refusals.add(new Refusal.Simple("dismissal.refused.day", "day", List.of(limits.delegateDays(school, today()))));
        if (!refusals.isEmpty() || day == null) return Outcome.refused(refusals);
        return asSchool(school, me.account(), () -> {
            if (wayHome.keptAway(school, child, name)) return Outcome.refused(new AtTheOffice());
            if (wayHome.sent(school, child, today()).size() >= limits.delegates(school, today())) return Outcome.refused(new Refusal.Simple("dismissal.refused.many", "name", List.of(limits.delegates(school, today()))));
            String kept = keys.once(key, "dismissal.sent " + child + " " + day + " " + name, () -> {
                UUID adult = wayHome.send(school, child, name, day, code(), me.account());
                audit.record(school, "dismissal.delegate_sent", "pupil", child, Map.of("adult", adult, "day", day.toString()));
                return adult.toString();
            });
            return Outcome.done(UUID.fromString(kept));
        });
    }

    boolean recall(Wearer me, UUID child, UUID adult) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            boolean gone = wayHome.recall(school, child, adult, me.account());
            if (gone) audit.record(school, "dismissal.delegate_recalled", "pupil", child, Map.of("adult", adult));
            return gone;
        });
    }

    private String code() {
        return String.format(Locale.ROOT, "%0" + WayHome.CODE_DIGITS + "d", random.nextInt((int) Math.pow(10, WayHome.CODE_DIGITS)));
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** From today on; later ones belong on the list of people who may always come. */
    private List<LocalDate> days(UUID school, LocalDate today) {
        return IntStream.range(0, limits.delegateDays(school, today)).mapToObj(today::plusDays).filter(d -> d.getDayOfWeek().getValue() <= 5 || d.equals(today)).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    private <T> T asSchool(UUID school, UUID account, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> work.get())));
    }
}
