package afterbell.app.demo;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Talent;
import afterbell.term.staffing.Vetting;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the staff of the demo school can lead, its outside provider with all checks, and its price document. */
@Component
@Order(30)
@ConditionalOnProperty("afterbell.demo")
final class StaffingChapter implements DemoChapter {
    private final Staffing staffing;
    private final Tariffs tariffs;
    private final Roster roster;
    private final Ids ids;
    private final TransactionTemplate transactions;

    StaffingChapter(Staffing staffing, Tariffs tariffs, Roster roster, Ids ids, TransactionTemplate transactions) {
        this.staffing = staffing;
        this.tariffs = tariffs;
        this.roster = roster;
        this.ids = ids;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> {
            Map<String, StaffMember> staff = roster.staff(school).stream().collect(Collectors.toMap(StaffMember::code, Function.identity()));
            providers(plan, school, staff);
            talents(plan, school, staff);
            tariffs.put(school, prices(plan));
        });
    }

    private void providers(DemoSchool plan, UUID school, Map<String, StaffMember> staff) {
        LocalDate since = LocalDate.of(plan.startYear(), 8, 20);
        plan.staff().stream().filter(s -> s.provider() != null).collect(Collectors.groupingBy(s -> Objects.requireNonNull(s.provider()))).forEach((name, people) -> {
            UUID id = ids.next();
            staffing.putProviders(school, List.of(new Provider(id, name, Provider.Kind.INSTITUTION, Provider.Selection.TENDER, false)));
            List<UUID> sent = people.stream().map(p -> Objects.requireNonNull(staff.get(p.code())).id()).toList();
            staffing.send(school, id, sent);
            List<Vetting> checks = new ArrayList<>();
            checks.add(new Vetting(ids.next(), id, null, Vetting.Kind.QUALIFICATION, since, since.plusYears(2), null, ""));
            checks.add(new Vetting(ids.next(), id, null, Vetting.Kind.AGREEMENT, since, LocalDate.of(plan.startYear() + 1, 7, 31), null, ""));
            for (UUID person : sent) {
                checks.add(new Vetting(ids.next(), null, person, Vetting.Kind.QUALIFICATION, since, null, null, ""));
                checks.add(new Vetting(ids.next(), null, person, Vetting.Kind.BACKGROUND, since, since.plusYears(1), null, ""));
            }
            staffing.putVettings(school, null, checks);
        });
    }

    private void talents(DemoSchool plan, UUID school, Map<String, StaffMember> staff) {
        DemoWords words = DemoWords.read();
        List<Talent> talents = new ArrayList<>();
        for (DemoSchool.Section s : plan.sections())
            for (String code : s.teachers())
                talents.add(new Talent(
                        ids.next(),
                        Objects.requireNonNull(staff.get(code)).id(),
                        s.name(),
                        words.domain(s.domain()).code(),
                        s.grades().stream().min(Integer::compare).orElse(1),
                        s.grades().stream().max(Integer::compare).orElse(9)));
        staffing.putTalents(school, talents);
    }

    private PriceDocument prices(DemoSchool plan) {
        DemoWords words = DemoWords.read();
        return new PriceDocument(
                ids.next(),
                words.price("title"),
                words.price("authority"),
                words.price("number"),
                words.price("refunds"),
                words.price("notice"),
                words.price("phone"),
                LocalDate.of(plan.startYear(), 1, 1),
                null,
                List.of(
                        new PriceDocument.Line(ids.next(), words.price("basic"), PriceDocument.Unit.PERIOD, 180, "after-school"),
                        new PriceDocument.Line(ids.next(), words.price("club"), PriceDocument.Unit.SESSION, 1800, "after-school")),
                null);
    }
}
