package afterbell.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form that changes something, as a page shows it. Read with patterns, which is enough for templates that are all written one way.
 *
 * @param fields what a browser would send or could be made to send, in the order of the page, without the proof of origin and the command's key
 * @param buttons what may be pressed; at least one
 */
public record PageForm(String action, boolean multipart, List<Field> fields, List<Button> buttons) {
    private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern FIELD = Pattern.compile("(?s)<(input|textarea|select|button)\\b([^>]*)>(?:(.*?)</(?:textarea|select|button)>)?");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d+|amp|lt|gt|quot);");

    /**
     * @param type as of an input; {@code textarea} and {@code select} by their names; {@code code} for what is never shown again: secrets, and what is good once
     * @param sent whether a browser sends it when nothing is touched
     * @param longest most characters that the browser lets a person type
     */
    public record Field(String name, String type, String value, boolean sent, int longest) {
        /** A person writes into it. */
        public boolean typed() {
            return List.of("text", "textarea", "tel", "email", "number", "search", "date", "time").contains(type);
        }
    }

    /** @param action where it sends the form instead; empty for the form's own */
    public record Button(String name, String value, String action) {}

    public static List<PageForm> on(String html) {
        List<PageForm> forms = new ArrayList<>();
        Matcher m = FORM.matcher(html);
        while (m.find()) {
            String method = attribute(m.group(1), "method");
            String action = attribute(m.group(1), "action");
            if (method.equalsIgnoreCase("post") && action.startsWith("/")) forms.add(read(action, attribute(m.group(1), "enctype").startsWith("multipart"), m.group(2)));
        }
        return forms;
    }

    private static PageForm read(String action, boolean multipart, String inside) {
        List<Field> fields = new ArrayList<>();
        List<Button> buttons = new ArrayList<>();
        // A single input has no end; what follows it must not be swallowed as its content.
        Matcher m = FIELD.matcher(INPUT.matcher(inside).replaceAll(r -> Matcher.quoteReplacement(r.group() + "</button>")));
        while (m.find()) {
            String attributes = m.group(2);
            String name = attribute(attributes, "name");
            if (has(attributes, "disabled")) continue;
            String content = m.group(3) == null ? "" : m.group(3);
            switch (m.group(1)) {
                case "button" -> {
                    if (!attribute(attributes, "type").equals("button")) buttons.add(new Button(name, attribute(attributes, "value"), attribute(attributes, "formaction")));
                }
                case "textarea" -> fields.add(new Field(name, has(attributes, "data-private") ? "code" : "textarea", decoded(content), true, longest(attributes)));
                case "select" -> {
                    String chosen = "";
                    Matcher options = OPTION.matcher(content);
                    for (boolean first = true; options.find(); first = false) if (first || has(options.group(1), "selected")) chosen = attribute(options.group(1), "value");
                    fields.add(new Field(name, "select", chosen, true, Integer.MAX_VALUE));
                }
                default -> {
                    String type = attribute(attributes, "autocomplete").equals("one-time-code") || has(attributes, "data-private") ? "code" : attribute(attributes, "type").isEmpty() ? "text" : attribute(attributes, "type");
                    boolean ticks = type.equals("radio") || type.equals("checkbox");
                    fields.add(new Field(name, type, attribute(attributes, "value"), !ticks || has(attributes, "checked"), longest(attributes)));
                }
            }
        }
        fields.removeIf(f -> f.name().isEmpty() || f.name().equals("_csrf") || f.name().equals("_key"));
        if (buttons.isEmpty()) buttons.add(new Button("", "", ""));
        return new PageForm(action, multipart, List.copyOf(fields), List.copyOf(buttons));
    }

    private static int longest(String attributes) {
        String most = attribute(attributes, "maxlength");
        return most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most);
    }

    private static boolean has(String attributes, String name) {
        return Pattern.compile("(?:^|\\s)" + name + "(?:\\s|=|/|$)").matcher(attributes).find();
    }

    private static String attribute(String attributes, String name) {
        Matcher m = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(attributes);
        return m.find() ? decoded(m.group(1)) : "";
    }

    /** As a person reads it. */
    public static String decoded(String html) {
        return ENTITY.matcher(html).replaceAll(r -> Matcher.quoteReplacement(switch (r.group(1)) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            default -> Character.toString(Integer.parseInt(r.group(1).substring(1)));
        }));
    }

}
