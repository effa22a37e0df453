package afterbell.base.rules.packs;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleShelf;
import afterbell.base.rules.RuleShelf.Shelved;
import afterbell.base.rules.RuleShelf.Trial;
import afterbell.base.rules.Rules;
import afterbell.base.rules.engine.PackDiff;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed(Role.BUREAU)
class PackController {
    private final RuleShelf shelf;
    private final ApplyPack applyPack;
    private final Schools schools;
    private final Clock clock;

    PackController(RuleShelf shelf, ApplyPack applyPack, Schools schools, Clock clock) {
        this.shelf = shelf;
        this.applyPack = applyPack;
        this.schools = schools;
        this.clock = clock;
    }

    @GetMapping("/bureau/rules")
    ModelAndView list(Wearer wearer) {
        String region = ApplyPack.regionPrefix(schools.bureau(bureau(wearer)).region());
        List<Shelved> packs = shelf.state().packs().stream()
                .filter(p -> region.startsWith(p.pack().region()) || p.pack().region().startsWith(region))
                .sorted(Comparator.<Shelved>comparingInt(p -> -p.pack().region().length()).thenComparing(p -> p.pack().product()).thenComparing(Comparator.comparing((Shelved p) -> p.pack().from()).reversed()))
                .toList();
        List<String> leftOut = shelf.state().problems().stream().map(Object::toString).toList();
        return Pages.show("rules/packs/list", new PacksPage(packs, leftOut, today(), region));
    }

    @GetMapping("/bureau/rules/packs/{code}/{from}")
    ModelAndView one(@PathVariable String code, @PathVariable LocalDate from, Wearer wearer) {
        Shelved pack = shelf.state().packs().stream()
                .filter(p -> p.pack().code().equals(code) && p.pack().from().equals(from))
                .findFirst()
                .orElseThrow(NotFound::new);
        boolean mine = bureau(wearer).equals(pack.bureau());
        List<PacksPage.Effect> withdrawal = mine ? effects(shelf.without(Objects.requireNonNull(pack.id())), effective(pack.pack())) : List.of();
        return Pages.show("rules/packs/pack", new PacksPage.One(pack, today(), mine, titles(), withdrawal));
    }

    @GetMapping("/bureau/rules/new")
    ModelAndView form(@RequestParam(defaultValue = "") String like) {
        String text = shelf.state().packs().stream().filter(p -> p.pack().code().equals(like)).map(Shelved::text).findFirst().orElse("");
        return Pages.show("rules/packs/form", new PacksPage.Form(text, example(), List.of()));
    }

    /** Back from the preview with the text as it was. */
    @PostMapping("/bureau/rules/edits")
    ModelAndView edit(@RequestParam(defaultValue = "") String text) {
        return Pages.show("rules/packs/form", new PacksPage.Form(text, example(), List.of()));
    }

    /** Shows what a pack would change; nothing is kept. */
    @PostMapping("/bureau/rules/previews")
    ModelAndView preview(@RequestParam(defaultValue = "") String text, @RequestParam(required = false) @Nullable MultipartFile file, Wearer wearer) throws IOException {
        String asked = file == null || file.isEmpty() ? text : decoded(file.getBytes());
        return switch (applyPack.check(bureau(wearer), asked)) {
            case Outcome.Refused<Trial> refused -> Pages.refused("rules/packs/form", new PacksPage.Form(asked, example(), refused.refusals()));
            case Outcome.Done<Trial>(Trial trial) -> {
                RulePack pack = Objects.requireNonNull(trial.pack());
                yield Pages.show("rules/packs/preview", new PacksPage.Preview(pack, asked, effects(Objects.requireNonNull(trial.book()), effective(pack)), titles()));
            }
        };
    }

    @PostMapping("/bureau/rules")
    ModelAndView apply(@RequestParam(defaultValue = "") String text, @RequestParam("_key") UUID key, Wearer wearer, RedirectAttributes redirect) {
        return switch (applyPack.apply(bureau(wearer), wearer.account(), text, key)) {
            case Outcome.Refused<RulePack> refused -> Pages.refused("rules/packs/form", new PacksPage.Form(text, example(), refused.refusals()));
            case Outcome.Done<RulePack>(RulePack pack) -> {
                shelf.refresh();
                yield Pages.done("/bureau/rules", redirect, "rules.pack.done", pack.code());
            }
        };
    }

    @PostMapping("/bureau/rules/packs/{id}/withdrawal")
    ModelAndView withdraw(@PathVariable UUID id, Wearer wearer, RedirectAttributes redirect) {
        applyPack.withdraw(id, wearer.account());
        shelf.refresh();
        return Pages.done("/bureau/rules", redirect, "rules.pack.withdrawn");
    }

    /** Schools for which the same changes, together. */
    private List<PacksPage.Effect> effects(RuleBook after, LocalDate on) {
        Map<PackDiff, List<String>> schoolsByDiff = new LinkedHashMap<>();
        for (School school : schools.all()) {
            PackDiff diff = PackDiff.between(shelf.state().book(), after, Rules.situationOf(school).on(on));
            schoolsByDiff.computeIfAbsent(diff, d -> new ArrayList<>()).add(school.name());
        }
        List<PacksPage.Effect> effects = new ArrayList<>();
        schoolsByDiff.forEach((diff, names) -> effects.add(new PacksPage.Effect(names.stream().sorted().toList(), diff)));
        return effects;
    }

    /** A future pack is judged by its first day. */
    private LocalDate effective(RulePack pack) {
        return pack.from().isAfter(today()) ? pack.from() : today();
    }

    private Map<String, Bilingual> titles() {
        Map<String, Bilingual> titles = new HashMap<>();
        for (Rule<?> rule : Rule.all()) titles.put(rule.key(), shelf.title(rule));
        return titles;
    }

    private String example() {
        return shelf.state().packs().stream().filter(p -> p.pack().code().equals("EXAMPLE-45-GX")).map(Shelved::text).findFirst().orElse("");
    }

    /** Files from older editors may be GB 18030. */
    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("GB18030"));
        }
    }

    private static UUID bureau(Wearer wearer) {
        return Objects.requireNonNull(wearer.scope().bureau());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
