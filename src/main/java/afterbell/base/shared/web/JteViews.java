package afterbell.base.shared.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Shows templates that were compiled with the application. Each gets the {@link Screen} of the request and its one {@code page}. */
@Component
final class JteViews implements ViewResolver, Ordered {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "afterbell.templates");
    private final Screens screens;

    JteViews(Screens screens) {
        this.screens = screens;
        engine.setBinaryStaticContent(true);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        if (!engine.hasTemplate(name + ".jte")) return null;
        return new View() {
            @Override
            public String getContentType() {
                return "text/html;charset=UTF-8";
            }

            @Override
            public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) throws Exception {
                Map<String, @Nullable Object> params = new HashMap<>();
                Screen screen = screens.of(request);
                params.put("screen", screen);
                if (model != null && model.get("page") != null) params.put("page", model.get("page"));
                Utf8ByteOutput html = new Utf8ByteOutput();
                engine.render(name + ".jte", params, html);
                // The language of the page, which a person may have chosen, not the one that the browser asked for.
                response.setLocale(Locale.forLanguageTag(screen.lang()));
                response.setContentType(getContentType());
                response.setHeader("Cache-Control", "no-store");
                response.setContentLength(html.getContentLength());
                html.writeTo(response.getOutputStream());
            }
        };
    }
}
