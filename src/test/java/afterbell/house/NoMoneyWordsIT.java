package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.house.Routes.Route;
import afterbell.money.billing.BeforeCharging;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** C7: at a school that does not charge, no page of money is there for anybody, and no other page has a word about money. */
@HouseTest
@Req("C7")
class NoMoneyWordsIT {
    private static final Pattern WORDS = Pattern.compile("¥|￥|收费|缴费|交费|退费|免费|费用|服务费|账单|欠费|欠款|付款|退款|报酬|减免|材料费");
    private static final Pattern TAG = Pattern.compile("<script.*?</script>|<style.*?</style>|<[^>]*>", Pattern.DOTALL);

    /** Where a first price is put on: the only pages that may speak of money, and whoever opens them means to. */
    private static final Set<String> FIRST_PRICE = Set.of("/prices", "/prices/new", "/tariff");

    /** Pages of the house, not of a school: samples, the routes of its programs, and what the law wants said of all purposes for which data may be used. */
    private static final Pattern HOUSE = Pattern.compile("/privacy|/styleguide.*|/api/.*|/demo.*|/assets.*|.*\\.(png|pdf|zip|xlsx|csv|ics|svg|js|webmanifest)|.*stream.*|/health|/metrics");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired GivenClass people;
    @Autowired Visitor.Maker visitors;

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void at_a_school_without_a_tariff_money_is_nowhere() {
        World world = afternoons.world(3, 3);
        UUID child = world.pupils().getFirst();
        List<String> there = new ArrayList<>();
        Set<String> read = new TreeSet<>();
        people(world, child).forEach((role, visitor) -> {
            for (Route route : Routes.of(mapping)) {
                if (!route.method().equals("GET") || !route.roles().contains(role) || !route.handler().getBeanType().getName().startsWith("afterbell.") || HOUSE.matcher(route.path()).matches()) continue;
                String path = filled(route.path(), world, child);
                boolean money = ofMoney(route);
                if (path.contains("{") && !money) continue;
                HttpResponse<String> answer = visitor.get(path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString()));
                if (money) {
                    if (answer.statusCode() != 404) there.add(role + " got " + answer.statusCode() + " of " + path);
                } else if (answer.statusCode() == 200 && !FIRST_PRICE.contains(path) && answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                    read.add(role + " " + path);
                    Matcher word = WORDS.matcher(TAG.matcher(answer.body()).replaceAll(" "));
                    if (word.find()) there.add(role + " reads " + word.group() + " on " + path + ": " + around(word, answer.body()));
                }
            }
        });
        assertThat(read).as("pages that were read").hasSizeGreaterThan(250);
        assertThat(there).isEmpty();
    }

    private static String around(Matcher word, String body) {
        String text = TAG.matcher(body).replaceAll(" ");
        return text.substring(Math.max(0, word.start() - 20), Math.min(text.length(), word.end() + 20)).replaceAll("\\s+", " ");
    }

    /** Pages of the room of money that a school has only while it charges; those of the bureau and of the public name their school otherwise. */
    private static boolean ofMoney(Route route) {
        Class<?> bean = route.handler().getBeanType();
        return bean.getName().startsWith("afterbell.money.")
                && !AnnotatedElementUtils.hasAnnotation(bean, BeforeCharging.class)
                && !route.allowed().equals("ALL")
                && !route.allowed().equals(Role.BUREAU.name());
    }

    private static String filled(String path, World world, UUID child) {
        return path.replace("{schoolClass}", world.schoolClass().toString())
                .replace("{klass}", world.schoolClass().toString())
                .replace("{child}", child.toString())
                .replace("{pupil}", child.toString())
                .replace("{session}", world.own().toString())
                .replace("{section}", world.section().toString())
                .replace("{term}", world.term().toString())
                .replace("{staff}", world.coach().staff().toString())
                .replace("{grade}", "3")
                .replace("{register}", "attendance");
    }

    private Map<Role, Visitor> people(World world, UUID child) {
        Map<Role, Visitor> people = new EnumMap<>(Role.class);
        Stream.of(Role.OFFICE, Role.PRINCIPAL, Role.FINANCE, Role.DUTY_LEADER, Role.GUARD).forEach(role -> people.put(role, visitors.signedIn(given.staff(world.school(), role))));
        people.put(Role.GRADE_HEAD, visitors.signedIn(given.gradeHead(world.school(), 3)));
        people.put(Role.CLASS_TEACHER, visitors.signedIn(world.classTeacher().user()));
        people.put(Role.SERVICE_TEACHER, visitors.signedIn(world.coach().user()));
        people.put(Role.GUARDIAN, visitors.signedIn(people(world, child, Role.GUARDIAN, "guardian")));
        people.put(Role.CARER, visitors.signedIn(people(world, child, Role.CARER, "carer")));
        people.put(Role.COLLECTOR, visitors.signedIn(people(world, child, Role.COLLECTOR, "collector")));
        return people;
    }

    private String people(World world, UUID child, Role role, String kind) {
        return people.grown(world.school(), child, role, kind, "亲").user();
    }
}
