package afterbell.reach.messaging.packs;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A notice in the school's own words: the office to all, a grade or a class, a class teacher to the own class (R26, R54). */
@Component
class WriteNotice {
    static final int TITLE = 60;
    static final int TEXT = 1_500;

    private final PackStore store;
    private final Roster roster;
    private final Schools schools;
    private final Notices notices;
    private final CommandKeys keys;
    private final Audit audit;

    WriteNotice(PackStore store, Roster roster, Schools schools, Notices notices, CommandKeys keys, Audit audit) {
        this.store = store;
        this.roster = roster;
        this.schools = schools;
        this.notices = notices;
        this.keys = keys;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public WritePage page(Wearer me, WritePage.Typed typed, List<? extends Refusal> refusals) {
        boolean office = me.is(Role.OFFICE, Role.PRINCIPAL);
        List<Choice> classes = roster.classes(me.school()).stream().filter(c -> office || me.classes().contains(c.id())).map(c -> Choice.of("class/" + c.id(), c.name())).toList();
        List<Integer> grades = office ? schools.grades(me.school()).stream().map(Schools.Grade::grade).toList() : List.of();
        String only = !office && classes.size() == 1 && typed.audience().isEmpty() ? classes.getFirst().value() : typed.audience();
        return new WritePage(
                classes, grades, office, new WritePage.Typed(only, typed.title(), typed.text(), typed.titleEn(), typed.textEn(), typed.urgent()), refusals, office ? "/office/notices" : "/class/notices");
    }

    @Transactional
    public Outcome<String> tell(Wearer me, WritePage.Typed typed, UUID key) {
        boolean office = me.is(Role.OFFICE, Role.PRINCIPAL);
        Optional<Audience> audience = audience(me, typed.audience(), office);
        List<Refusal> no = new ArrayList<>();
        if (audience.isEmpty()) no.add(new WriteRefusal.NoAudience());
        if (typed.title().isBlank()) no.add(new WriteRefusal.NoTitle());
        if (typed.title().length() > TITLE) no.add(new WriteRefusal.TooLong("title", TITLE));
        if (typed.text().length() > TEXT) no.add(new WriteRefusal.TooLong("text", TEXT));
        if (typed.titleEn().length() > 2 * TITLE) no.add(new WriteRefusal.TooLong("titleEn", 2 * TITLE));
        if (typed.textEn().length() > 2 * TEXT) no.add(new WriteRefusal.TooLong("textEn", 2 * TEXT));
        if (no.isEmpty() && store.named(me.school(), String.join("\n", typed.title(), typed.text(), typed.titleEn(), typed.textEn())) > 0) no.add(new WriteRefusal.NamesAChild());
        if (audience.isEmpty() || !no.isEmpty()) return Outcome.refused(no);
        String told = keys.once(key, "tell/" + typed, () -> {
            Words words = new Words.Written(typed.title().strip(), typed.text().strip(), typed.titleEn().strip(), typed.textEn().strip());
            NewNotice notice = new NewNotice(me.school(), "messaging.own_words", words, "", audience.get());
            UUID id = notices.tell(office && typed.urgent() ? notice.urgently() : notice).orElseThrow();
            audit.record(me.school(), "messaging.told", "notice", id, Map.of("urgent", office && typed.urgent()));
            return id.toString();
        });
        return Outcome.done(audience.get() instanceof Audience.OfClass(UUID klass) && !office ? "/classes/" + klass + "/notices/" + told : "/office/notices/" + told);
    }

    private Optional<Audience> audience(Wearer me, String typed, boolean office) {
        if (office && typed.equals("school")) return Optional.of(new Audience.WholeSchool());
        if (office && typed.matches("grade/\\d{1,2}")) {
            int grade = Integer.parseInt(typed.substring(6));
            return schools.grades(me.school()).stream().anyMatch(g -> g.grade() == grade) ? Optional.of(new Audience.OfGrades(Set.of(grade))) : Optional.empty();
        }
        if (!typed.startsWith("class/")) return Optional.empty();
        return Ids.parse(typed.substring(6))
                .filter(c -> office ? roster.classes(me.school()).stream().map(SchoolClass::id).anyMatch(c::equals) : me.classes().contains(c))
                .map(Audience.OfClass::new);
    }
}
