package afterbell.base.shared.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes out of every field what no keyboard types: PostgreSQL keeps no NUL in a text, and a bell or an escape in a name is nobody's wish. Line ends and tabs stay. Names of files: {@link FileNames}. */
final class KeyboardOnly extends OncePerRequestFilter {
    private static final Pattern UNTYPED = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        chain.doFilter(new Typeable(request), response);
    }

    static String typeable(String value) {
        for (int i = 0; i < value.length(); i++) if (Character.isISOControl(value.charAt(i))) return UNTYPED.matcher(value).replaceAll("");
        return value;
    }

    private static final class Typeable extends HttpServletRequestWrapper {
        Typeable(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            @Nullable String value = super.getParameter(name);
            return value == null ? null : typeable(value);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            String @Nullable [] values = super.getParameterValues(name);
            if (values == null) return null;
            String[] typeable = new String[values.length];
            for (int i = 0; i < values.length; i++) typeable[i] = typeable(values[i]);
            return typeable;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            Map<String, String[]> map = new LinkedHashMap<>();
            for (String name : super.getParameterMap().keySet()) {
                String @Nullable [] values = getParameterValues(name);
                if (values != null) map.put(name, values);
            }
            return map;
        }
    }
}
