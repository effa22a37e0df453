package afterbell.base.shared.web;

import afterbell.base.shared.Ids;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Fills a template where nobody looks at a screen: for a printed page or a mail. Forms have no place there; tokens are empty. */
@Component
public final class Offscreen {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "afterbell.templates");
    private final MessageSource messages;
    private final Clock clock;
    private final Assets assets;
    private final Ids ids;
    private final boolean demo;

    Offscreen(MessageSource messages, Clock clock, Assets assets, Ids ids, @Value("${afterbell.demo:false}") boolean demo) {
        this.messages = messages;
        this.clock = clock;
        this.assets = assets;
        this.ids = ids;
        this.demo = demo;
    }

    /**
     * @param template for example {@code documents/archive/paper}
     * @param school name of the school that stands on top
     */
    public String html(String template, Object page, Locale locale, String school) {
        StringOutput html = new StringOutput();
        engine.render(template + ".jte", Map.of("screen", screen(locale, school), "page", page), html);
        return html.toString();
    }

    /** A screen without a person: words, dates and money of one language. */
    public Screen screen(Locale locale, String school) {
        return new Screen(messages, clock, assets, new Screen.Manners(locale, false, "light"), "", () -> "", ids::next, null, () -> 0, List.of(), school, null, demo);
    }
}
