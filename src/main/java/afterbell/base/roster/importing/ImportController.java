package afterbell.base.roster.importing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.ChainText;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.web.FileNames;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Files of the office; a class teacher brings the answers of the own class and nothing else ({@link ImportTarget#roles}, {@link ImportTarget#reach}). */
@Controller
final class ImportController {
    private static final String DOOR = "roster/importing/door";
    private static final String PREVIEW = "roster/importing/preview";
    private static final Pattern ROW = Pattern.compile("row\\.(\\d{1,7})\\.([A-Za-z0-9_-]{1,500})");
    private static final Pattern COLUMN = Pattern.compile("column\\.([A-Z]{1,3})");

    private final Imports imports;
    private final TakeOneRoster oneRoster;
    private final Templates templates;

    ImportController(Imports imports, TakeOneRoster oneRoster, Templates templates) {
        this.imports = imports;
        this.oneRoster = oneRoster;
        this.templates = templates;
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @GetMapping("/imports")
    ModelAndView door(Wearer me, @RequestParam(defaultValue = "") String kind) {
        return Pages.show(DOOR, doorPage(me, kind, List.of()));
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports")
    ModelAndView take(
            Wearer me,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String pasted,
            @RequestParam(defaultValue = "") String about,
            RedirectAttributes redirect)
            throws IOException {
        if (file == null || file.isEmpty()) return pasted(me, kind, pasted, about);
        String name = FileNames.of(file);
        if (kind.equals(OneRosterIn.KIND))
            return switch (oneRoster.take(me, name, file.getBytes())) {
                case Outcome.Done<List<UUID>>(List<UUID> drafts) -> drafts.size() == 1 ? Pages.done("/imports/" + drafts.getFirst()) : Pages.done("/imports/" + drafts.getFirst(), redirect, "roster.oneroster.two");
                case Outcome.Refused<List<UUID>> refused -> Pages.refused(DOOR, doorPage(me, kind, refused.refusals()));
            };
        return switch (imports.take(me, kind, name, file.getBytes())) {
            case Outcome.Done<UUID> done -> Pages.done("/imports/" + done.value());
            case Outcome.Refused<UUID> refused -> Pages.refused(DOOR, doorPage(me, kind, refused.refusals()));
        };
    }

    /** @param about what the pasted table is of, for instance a class; takes the place of the file's name */
    private ModelAndView pasted(Wearer me, String kind, String pasted, String about) {
        if (pasted.isBlank()) return Pages.refused(DOOR, doorPage(me, kind, List.of(new Refusal.Simple("roster.import.refused.no_file", "file", List.of()))));
        try {
            byte[] table = ChainText.table(kind, pasted).getBytes(StandardCharsets.UTF_8);
            return switch (imports.take(me, kind, about, table)) {
                case Outcome.Done<UUID> done -> Pages.done("/imports/" + done.value());
                case Outcome.Refused<UUID> refused -> Pages.refused(DOOR, doorPage(me, kind, refused.refusals()).with(pasted));
            };
        } catch (SheetRefused refused) {
            return Pages.refused(DOOR, doorPage(me, kind, List.of(Imports.refusal(refused.problem()))).with(pasted));
        }
    }

    private ImportsPage doorPage(Wearer me, String kind, List<Refusal> refusals) {
        List<ImportTarget> targets = imports.targets(me);
        List<String> kinds = new ArrayList<>(targets.stream().map(ImportTarget::key).toList());
        if (me.is(Role.OFFICE)) kinds.add(OneRosterIn.KIND);
        List<String> exports = targets.stream().filter(ImportTarget::exports).map(ImportTarget::key).toList();
        return ImportsPage.of(kinds, exports, kind, imports.drafts(me), refusals);
    }

    /** A table with the headers that a kind understands, to be filled in. */
    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @GetMapping("/imports/templates/{kind}.xlsx")
    void template(Wearer me, @PathVariable String kind, HttpServletResponse response) throws IOException {
        send(templates.of(imports.target(me, kind).kind(me.school())), kind, response);
    }

    /** What is known, as a table that can be changed and brought back. */
    @Allowed({Role.OFFICE})
    @GetMapping("/imports/exports/{kind}.xlsx")
    void known(Wearer me, @PathVariable String kind, HttpServletResponse response) throws IOException {
        send(imports.export(me, kind), kind, response);
    }

    private static void send(byte[] file, String name, HttpServletResponse response) throws IOException {
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
        response.getOutputStream().write(file);
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @GetMapping("/imports/{draft}")
    ModelAndView preview(Wearer me, @PathVariable UUID draft, @RequestParam(defaultValue = "") String show, HttpServletRequest request) {
        try {
            Imports.Looked looked = imports.look(me, draft);
            return Pages.show(PREVIEW, PreviewPage.of(looked, show, request.getParameterMap(), imports.wouldRefuse(me, looked), List.of()));
        } catch (SheetRefused refused) {
            return Pages.refused(DOOR, doorPage(me, "", List.of(Imports.refusal(refused.problem()))));
        }
    }

    /** Mends one cell; the row is read anew. */
    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/cells")
    ModelAndView mend(
            Wearer me,
            @PathVariable UUID draft,
            @RequestParam String tab,
            @RequestParam int row,
            @RequestParam String column,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "1") String page) {
        String typed = text.length() > 500 ? text.substring(0, 500) : text;
        if (column.matches("[A-Z]{1,3}")) imports.mend(me, draft, new Draft.Mended.Cell(tab, row, column, typed));
        return Pages.done("/imports/" + draft + "?show=bad&page=" + (page.matches("\\d{1,5}") ? page : "1"));
    }

    /** Says what the columns of a tab mean. */
    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/columns")
    ModelAndView mean(Wearer me, @PathVariable UUID draft, @RequestParam String tab, HttpServletRequest request) {
        Map<String, String> columns = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            Matcher column = COLUMN.matcher(name);
            if (column.matches() && values.length > 0) columns.put(column.group(1), values[0]);
        });
        imports.mean(me, draft, tab, columns);
        return Pages.done("/imports/" + draft);
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/answers")
    ModelAndView answer(Wearer me, @PathVariable UUID draft, HttpServletRequest request) {
        List<Draft.Answered.Row> rows = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> {
            Matcher row = ROW.matcher(name);
            if (row.matches() && values.length > 0 && values[0].matches("new|skip|[0-9a-f-]{36}"))
                rows.add(new Draft.Answered.Row(decoded(row.group(2)), Integer.parseInt(row.group(1)), values[0]));
        });
        imports.answer(me, draft, rows);
        return Pages.done("/imports/" + draft);
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/suggestions")
    ModelAndView acceptSuggestions(Wearer me, @PathVariable UUID draft, RedirectAttributes redirect) {
        try {
            return Pages.done("/imports/" + draft, redirect, "roster.import.suggestions_taken", imports.acceptSuggestions(me, draft));
        } catch (SheetRefused refused) {
            return Pages.done("/imports/" + draft);
        }
    }

    /** Who of the missing is no more; the others stay as they are. */
    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/gone")
    ModelAndView gone(Wearer me, @PathVariable UUID draft, @RequestParam(required = false) @Nullable List<String> row, RedirectAttributes redirect) {
        Set<String> keys = new HashSet<>(row == null ? List.of() : row);
        imports.gone(me, draft, keys);
        return Pages.done("/imports/" + draft + "?show=gone", redirect, "roster.import.gone_marked", keys.size());
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/application")
    ModelAndView apply(Wearer me, @PathVariable UUID draft, @RequestParam String digest, RedirectAttributes redirect) {
        try {
            return switch (imports.apply(me, draft, digest)) {
                case Outcome.Done<ImportTarget.Applied> done -> {
                    ImportTarget.Applied applied = done.value();
                    yield Pages.done("/imports", redirect, "roster.import.applied", applied.added(), applied.changed(), applied.removed());
                }
                case Outcome.Refused<ImportTarget.Applied> refused ->
                    Pages.refused(PREVIEW, PreviewPage.of(imports.look(me, draft), "", Map.of(), List.of(), refused.refusals()));
            };
        } catch (SheetRefused refused) {
            return Pages.refused(DOOR, doorPage(me, "", List.of(Imports.refusal(refused.problem()))));
        }
    }

    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/imports/{draft}/removal")
    ModelAndView discard(Wearer me, @PathVariable UUID draft, RedirectAttributes redirect) {
        imports.discard(me, draft);
        return Pages.done("/imports", redirect, "roster.import.discarded");
    }

    /** Tab names hold whatever people write, names of fields don't. */
    private static String decoded(String tab) {
        try {
            return new String(Base64.getUrlDecoder().decode(tab), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
