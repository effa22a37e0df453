package afterbell.day.safety.visiting;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Told;
import afterbell.day.safety.visiting.Visit.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What may happen to a visit. Nobody comes in without somebody's yes: announced by the host, answered on the phone in the host's hand, or by the guard's call. */
@Component
@Transactional
class VisitDesk {
    private final Ledger ledger;
    private final People people;
    private final Told told;
    private final CommandKeys keys;
    private final Audit audit;
    private final Rules rules;
    private final Ids ids;

    VisitDesk(Ledger ledger, People people, Told told, CommandKeys keys, Audit audit, Rules rules, Ids ids) {
        this.ledger = ledger;
        this.people = people;
        this.told = told;
        this.keys = keys;
        this.audit = audit;
        this.rules = rules;
        this.ids = ids;
    }

    /** The last day for which a visitor may be announced today. */
    private LocalDate last(UUID school, LocalDate today) {
        return today.plusDays(rules.value(school, today, Rule.VISITORS_AHEAD_DAYS));
    }

    /** Stands at the gate: the host is asked. */
    Outcome<UUID> ask(Wearer me, VisitForm form, UUID key) {
        List<Refusal> no = form.refusals();
        Optional<People.Member> host = form.hostId().flatMap(h -> people.member(me.school(), h));
        if (host.isEmpty()) no.add(VisitForm.no("host"));
        if (host.isEmpty() || !no.isEmpty()) return Outcome.refused(no);
        String id = keys.once(key, "safety.visit " + form, () -> {
            UUID visit = ids.next();
            ledger.append(new Act(me.school(), Book.VISIT, visit, "asked", form.facts(host.get().staff())).words(form.words()));
            told.colleague(me.school(), host.get(), "visitor", "/visits/" + visit, visit, "safety/visit/" + visit);
            return visit.toString();
        });
        return Outcome.done(UUID.fromString(id));
    }

    /** A colleague expects somebody; at the gate that takes one tap. */
    Outcome<UUID> announce(Wearer me, VisitForm form, Optional<LocalDate> day, UUID key) {
        List<Refusal> no = form.refusals();
        Optional<People.Member> host = people.byAccount(me.school(), me.account());
        if (host.isEmpty()) no.add(VisitForm.no("no_staff"));
        LocalDate today = ledger.today();
        if (day.isEmpty() || day.get().isBefore(today) || day.get().isAfter(last(me.school(), today))) no.add(VisitForm.no("day"));
        if (host.isEmpty() || day.isEmpty() || !no.isEmpty()) return Outcome.refused(no);
        String id = keys.once(key, "safety.announce " + form, () -> {
            UUID visit = ids.next();
            ledger.append(new Act(me.school(), Book.VISIT, visit, "announced", form.facts(host.get().staff(), day.get())).words(form.words()));
            return visit.toString();
        });
        return Outcome.done(UUID.fromString(id));
    }

    /** The host's own answer. Not the host's visitor is not found. */
    Outcome<Visit> answer(Wearer me, UUID id, boolean yes, UUID key) {
        ledger.lock(id);
        Visit visit = get(me, id);
        if (!isHost(me, visit)) throw new NotFound();
        return yes ? step(me, visit, key, "entered", Map.of("how", "host"), State.ASKED) : step(me, visit, key, "refused", Map.of("how", "host"), State.ASKED);
    }

    /** At the gate: the announced one has come, or the host said yes on the telephone. */
    Outcome<Visit> admit(Wearer me, UUID id, UUID key) {
        ledger.lock(id);
        Visit visit = get(me, id);
        if (visit.state() == State.ANNOUNCED && !visit.day().equals(ledger.today())) return Outcome.refused(new Refusal.Simple("safety.visit.refused.other_day"));
        return step(me, visit, key, "entered", Map.of("how", visit.state() == State.ANNOUNCED ? "announced" : "phone"), State.ANNOUNCED, State.ASKED);
    }

    Outcome<Visit> turnAway(Wearer me, UUID id, UUID key) {
        ledger.lock(id);
        return step(me, get(me, id), key, "refused", Map.of("how", "gate"), State.ASKED, State.ANNOUNCED);
    }

    Outcome<Visit> leave(Wearer me, UUID id, UUID key) {
        ledger.lock(id);
        return step(me, get(me, id), key, "left", Map.of(), State.INSIDE);
    }

    Outcome<Visit> withdraw(Wearer me, UUID id, UUID key) {
        ledger.lock(id);
        Visit visit = get(me, id);
        if (!isHost(me, visit)) throw new NotFound();
        return step(me, visit, key, "withdrawn", Map.of(), State.ANNOUNCED);
    }

    private Outcome<Visit> step(Wearer me, Visit visit, UUID key, String kind, Map<String, String> facts, State... from) {
        String params = "safety.visit " + visit.id() + " " + kind;
        if (keys.kept(key, params).isPresent()) return Outcome.done(visit);
        if (!List.of(from).contains(visit.state())) return Outcome.refused(new Refusal.Simple("safety.visit.refused.already", "", List.of()));
        keys.once(key, params, () -> ledger.append(new Act(me.school(), Book.VISIT, visit.id(), kind, facts)).id().toString());
        return Outcome.done(get(me, visit.id()));
    }

    private Visit get(Wearer me, UUID id) {
        return Visit.of(ledger.of(me.school(), Book.VISIT, id));
    }

    private boolean isHost(Wearer me, Visit visit) {
        return visit.host() != null && people.byAccount(me.school(), me.account()).filter(m -> m.staff().equals(visit.host())).isPresent();
    }

    private static boolean gate(Wearer me) {
        return me.is(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL);
    }

    /** The gate's page: who waits, who is inside, who is expected today, who came and went today. */
    @Transactional(readOnly = true)
    GatePage gate(Wearer me, List<? extends Refusal> refusals) {
        LocalDate today = ledger.today();
        List<Visit> open = ledger.without(me.school(), Book.VISIT, List.of("announced", "asked"), List.of("left", "refused", "withdrawn")).values().stream().map(Visit::of).toList();
        List<Visit> today_ = ledger.begun(me.school(), Book.VISIT, today, today).values().stream().map(Visit::of).filter(v -> v.state() == State.LEFT || v.state() == State.REFUSED).toList();
        List<Visit> all = new ArrayList<>(open);
        all.addAll(today_);
        Function<Visit, GatePage.Row> row = rows(me, all);
        return new GatePage(
                String.join(", ", people.atGate(me.school(), today)),
                open.stream().filter(v -> v.state() == State.ASKED && v.day().equals(today)).map(row).toList(),
                open.stream().filter(v -> v.state() == State.INSIDE).map(row).toList(),
                open.stream().filter(v -> v.state() == State.ANNOUNCED && v.day().equals(today)).map(row).toList(),
                today_.stream().sorted(Comparator.comparing(Visit::since).reversed()).limit(20).map(row).toList(),
                me.is(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE),
                refusals);
    }

    private Function<Visit, GatePage.Row> rows(Wearer me, List<Visit> visits) {
        Map<UUID, SortedMap<String, String>> words = ledger.words(me.school(), visits.stream().map(Visit::first).toList());
        Map<UUID, String> names = people.staff(me.school()).stream().collect(Collectors.toMap(People.Member::staff, People.Member::name));
        LocalDate today = ledger.today();
        return v -> {
            @Nullable SortedMap<String, String> said = words.get(v.first().id());
            return new GatePage.Row(v, said == null ? "" : said.getOrDefault("name", ""), Objects.requireNonNullElse(v.host() == null ? null : names.get(v.host()), ""), v.state() == State.INSIDE && v.day().isBefore(today));
        };
    }

    @Transactional(readOnly = true)
    VisitPage page(Wearer me, UUID id, List<? extends Refusal> refusals) {
        List<Entry> entries = ledger.of(me.school(), Book.VISIT, id);
        Visit visit = Visit.of(entries);
        boolean host = isHost(me, visit);
        if (!host && !gate(me)) throw new NotFound();
        SortedMap<String, String> said = ledger.words(me.school(), entries).getOrDefault(visit.first().id(), new java.util.TreeMap<>());
        People.Names names = people.names(me.school());
        return new VisitPage(
                visit,
                said.getOrDefault("name", ""),
                masked(said.getOrDefault("phone", "")),
                said.getOrDefault("plate", ""),
                said.getOrDefault("note", ""),
                names.of(visit.host()),
                host,
                me.is(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE),
                entries.stream().map(e -> new VisitPage.Step(e.kind(), e.fact("how"), e.at(), names.of(e.by()))).toList(),
                refusals);
    }

    /** The number is written down for an emergency; shown it is only here, by a POST that is recorded. */
    Optional<String> phone(Wearer me, UUID id) {
        List<Entry> entries = ledger.of(me.school(), Book.VISIT, id);
        audit.record(me.school(), "safety.visitor_phone_shown", "visit", id, Map.of());
        return ledger.words(me.school(), entries).values().stream().map(w -> w.getOrDefault("phone", "")).filter(p -> !p.isEmpty()).findFirst();
    }

    private static String masked(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return digits.length() < 7 ? (phone.isEmpty() ? "" : "****") : digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4);
    }

    @Transactional(readOnly = true)
    InvitePage invitations(Wearer me, VisitForm typed, List<? extends Refusal> refusals) {
        Optional<People.Member> host = people.byAccount(me.school(), me.account());
        LocalDate today = ledger.today();
        List<Visit> mine = ledger.without(me.school(), Book.VISIT, List.of("announced"), List.of("left", "refused", "withdrawn", "entered")).values().stream()
                .map(Visit::of)
                .filter(v -> v.state() == State.ANNOUNCED && !v.day().isBefore(today) && host.isPresent() && host.get().staff().equals(v.host()))
                .toList();
        return new InvitePage(mine.stream().map(rows(me, mine)).toList(), typed, today, last(me.school(), today), refusals);
    }

    @Transactional(readOnly = true)
    NewVisitPage fresh(Wearer me, VisitForm typed, List<? extends Refusal> refusals) {
        return new NewVisitPage(typed, People.choices(people.staff(me.school())), refusals);
    }
}
