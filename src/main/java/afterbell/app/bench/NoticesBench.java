package afterbell.app.bench;

import afterbell.Afterbell;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Ways;
import afterbell.reach.messaging.Words;
import afterbell.reach.messaging.sending.OutboxTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells a whole school by mail, turn and turn about with the same rows and no mail behind them; what the figures mean is in bench/notices. */
@Command(name = "notices", description = "Tells a school of families by mail: seconds, against the database alone.", mixinStandardHelpOptions = true)
public final class NoticesBench implements Callable<Integer> {
    private static final int PER_CLASS = 40;
    private static final double GOAL_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--families", defaultValue = "1200", description = "families with a mail address (1200)")
    private int families = 1_200;

    @Option(names = "--rounds", defaultValue = "3", description = "how often each is measured (3)")
    private int rounds = 3;

    @Override
    public Integer call() throws IOException {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        Path data = Files.createTempDirectory("afterbell-bench-");
        try (MailSink sink = new MailSink()) {
            try (ConfigurableApplicationContext house = open(data, sink.port())) {
                return new Run(house, sink, out).run();
            }
        } finally {
            remove(data);
        }
    }

    private static ConfigurableApplicationContext open(Path data, int port) {
        Map<String, Object> p = new HashMap<>();
        p.put("server.port", 0);
        p.put("server.address", "127.0.0.1");
        p.put("afterbell.database.data", data.resolve("data").toString());
        p.put("afterbell.key-file", data.resolve("key").toString());
        p.put("afterbell.outbox", false);
        p.put("afterbell.mail.host", "127.0.0.1");
        p.put("afterbell.mail.port", port);
        p.put("afterbell.mail.security", "none");
        p.put("afterbell.mail.from", "school@bench.invalid");
        p.put("logging.threshold.console", "off");
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        app.setDefaultProperties(p);
        return app.run();
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(p);
        }
    }

    private final class Run {
        private final ConfigurableApplicationContext house;
        private final MailSink sink;
        private final PrintWriter out;
        private final TransactionTemplate transactions;
        private final Ids ids;
        private final UUID school;

        Run(ConfigurableApplicationContext house, MailSink sink, PrintWriter out) {
            this.house = house;
            this.sink = sink;
            this.out = out;
            this.transactions = house.getBean(TransactionTemplate.class);
            this.ids = house.getBean(Ids.class);
            this.school = ids.next();
        }

        int run() {
            make();
            OutboxTrial outbox = house.getBean(OutboxTrial.class);
            tell();
            outbox.send(school);
            out.printf(Locale.ROOT, "%8s %10s %9s %9s %9s %9s %8s%n", "families", "", "told s", "p50 s", "last s", "mails/s", "ratio");
            boolean lies = false;
            for (int i = 0; i < rounds; i++) {
                sink.forget();
                long start = System.nanoTime();
                tell();
                double told = seconds(start, System.nanoTime());
                outbox.send(school);
                long[] came = sink.arrivals();
                double last = came.length == 0 ? 0 : seconds(start, came[came.length - 1]);
                long wrong = families - sink.mails().values().stream().filter(n -> n.get() == 1).count();
                long before = System.nanoTime();
                tell();
                outbox.pretend(school);
                double alone = seconds(before, System.nanoTime());
                out.printf(Locale.ROOT, "%8d %10s %9.2f %9.2f %9.2f %9.0f %8s%n", families, "by mail", told, came.length == 0 ? 0 : seconds(start, came[came.length / 2]), last, families / last, "");
                out.printf(Locale.ROOT, "%8d %10s %9s %9s %9.2f %9.0f %8.2f%n", families, "rows alone", "", "", alone, families / alone, alone / last);
                if (wrong > 0) out.printf(Locale.ROOT, "LIE: %d families got no mail or more than one%n", wrong);
                if (last > GOAL_SECONDS) out.printf(Locale.ROOT, "SLOW: more than %.0f s%n", GOAL_SECONDS);
                lies |= wrong > 0 || last > GOAL_SECONDS;
            }
            return lies ? 1 : 0;
        }

        private static double seconds(long from, long to) {
            return (to - from) / 1e9;
        }

        private void tell() {
            NewNotice notice = new NewNotice(school, "bench.notice", new Words.Written("\u901a\u77e5", "\u5185\u5bb9", "Notice", "Text"), "/", new Audience.WholeSchool());
            Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> house.getBean(Notices.class).tell(notice.urgently())));
        }

        private void make() {
            UUID bureau = ids.next();
            Schools schools = house.getBean(Schools.class);
            Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
                schools.addBureau(bureau, null, "bench", "320999");
                schools.add(new School(school, "bench", "bench", "320999", "nine-year", "urban", "public", false, "0"), List.of(bureau));
            }));
            Map<UUID, String> mails = new LinkedHashMap<>();
            Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> {
                Roster roster = house.getBean(Roster.class);
                Accounts accounts = house.getBean(Accounts.class);
                List<SchoolClass> classes = new ArrayList<>();
                List<Roster.NewPupil> pupils = new ArrayList<>();
                for (int i = 0; i < families; i++) {
                    if (i % PER_CLASS == 0) {
                        int n = i / PER_CLASS;
                        classes.add(new SchoolClass(ids.next(), 2026, 1 + n % 9, 1 + n / 9, "c" + n, null));
                    }
                    pupils.add(new Roster.NewPupil(ids.next(), classes.getLast().id(), "p" + i, null, null, "p" + i, null));
                }
                for (int g = 1; g <= 9; g++) schools.putGrade(school, new Schools.Grade(g, Integer.toString(g), g <= 2 ? "low" : g <= 4 ? "middle" : g <= 6 ? "high" : "junior"));
                roster.addClasses(school, classes);
                roster.addPupils(school, pupils);
                for (int i = 0; i < families; i++) {
                    UUID account = accounts.add(null, "p" + i, null);
                    accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, pupils.get(i).id(), null), null);
                    mails.put(account, "p" + i + "@bench.invalid");
                }
                house.getBean(Ways.class).confirmedMails(school, mails);
            }));
        }
    }
}
