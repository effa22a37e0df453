package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.house.Routes.Route;
import afterbell.reach.documents.LetterKind;
import afterbell.testing.GivenLetter;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Law 4 inside one school: each page that has a class or a child in its address, opened by each role that stands on a class, a grade or a child. Whoever
 * has the right role and another class, grade or child finds nothing (404), exactly as if it did not exist; that a wrong role is refused (403) is the
 * {@link AccessMatrixTest}'s.
 */
@HouseTest
@Req("P9")
class ForeignIdIT {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Set<String> CLASSES = Set.of("schoolClass", "klass");
    private static final Set<String> CHILDREN = Set.of("child", "pupil");
    private static final Set<Role> STANDING = Set.of(Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.GUARDIAN, Role.CARER, Role.COLLECTOR);

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    GivenLetter letters;

    @Autowired
    Visitor.Maker visitors;

    /** Ids that fill an address. */
    private record Ids(UUID klass, UUID child, UUID round, UUID letter) {
        String fill(String path) {
            return VARIABLE.matcher(path).replaceAll(m -> Matcher.quoteReplacement(value(m.group(1))));
        }

        private String value(String name) {
            if (CLASSES.contains(name)) return klass.toString();
            if (CHILDREN.contains(name)) return child.toString();
            return switch (name) {
                case "round" -> round.toString();
                case "letter" -> letter.toString();
                default -> new UUID(0, 1).toString();
            };
        }
    }

    @Test
    void another_class_grade_or_child_of_the_same_school_is_not_found() {
        UUID school = given.school();
        UUID term = terms.term(school);
        UUID own = terms.schoolClass(school, 3, 1);
        UUID other = terms.schoolClass(school, 4, 1);
        UUID mine = terms.pupil(school, own);
        UUID theirs = terms.pupil(school, other);
        UUID round = rounds.open(school, term);
        UUID letter = letters.published(school, term, LetterKind.LETTER);
        Map<Role, Visitor> people = new LinkedHashMap<>();
        people.put(Role.CLASS_TEACHER, visitors.signedIn(given.classTeacher(school, own)));
        people.put(Role.GRADE_HEAD, visitors.signedIn(given.gradeHead(school, 3)));
        people.put(Role.GUARDIAN, visitors.signedIn(given.guardian(school, mine)));
        for (Role role : List.of(Role.CARER, Role.COLLECTOR)) people.put(role, visitors.signedIn(given.person(school, role, null, null, mine)));

        List<String> lies = new ArrayList<>();
        List<String> opened = new ArrayList<>();
        for (Route route : Routes.of(mapping)) {
            if (!route.method().equals("GET") || route.path().startsWith("/api/") || !named(route.path())) continue;
            for (Map.Entry<Role, Visitor> each : people.entrySet()) {
                if (!STANDING.contains(each.getKey()) || !route.roles().contains(each.getKey())) continue;
                HttpResponse<String> foreign = each.getValue().get(new Ids(other, theirs, round, letter).fill(route.path()));
                if (foreign.statusCode() != 404) lies.add(each.getKey() + " got " + foreign.statusCode() + " for somebody else's: " + route.path());
                if (each.getValue().get(new Ids(own, mine, round, letter).fill(route.path())).statusCode() < 400) opened.add(each.getKey() + " " + route.path());
            }
        }
        assertThat(lies).isEmpty();
        // With their own class and child most of these pages do open: what was refused was refused for its owner.
        assertThat(opened).contains("CLASS_TEACHER /classes/{schoolClass}/week", "GRADE_HEAD /classes/{schoolClass}/week", "GUARDIAN /children/{child}/week", "CARER /children/{child}/week", "COLLECTOR /children/{child}/week").hasSizeGreaterThan(20);
    }

    private static boolean named(String path) {
        Matcher m = VARIABLE.matcher(path);
        while (m.find()) if (CLASSES.contains(m.group(1)) || CHILDREN.contains(m.group(1))) return true;
        return false;
    }
}
