package afterbell.base.shared.web;

import afterbell.base.shared.Ids;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A form as it was typed: what is missing or no number is empty, never an error, so that the use case can say what is wrong and the page can keep the typing.
 *
 * <p>A handler takes {@code @RequestParam MultiValueMap<String, String> form} and wraps it.
 */
public record Typed(MultiValueMap<String, String> values) {

    /** Stripped, without characters that no keyboard types; empty where missing. */
    public String text(String name) {
        return clean(values.getFirst(name));
    }

    public List<String> texts(String name) {
        return values.getOrDefault(name, List.of()).stream().map(Typed::clean).toList();
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** A ticked box. */
    public boolean yes(String name) {
        return values.containsKey(name);
    }

    public OptionalInt number(String name) {
        return number(text(name), 9);
    }

    public List<Integer> numbers(String name) {
        return texts(name).stream().map(t -> number(t, 9)).filter(OptionalInt::isPresent).map(OptionalInt::getAsInt).distinct().toList();
    }

    private static OptionalInt number(String text, int digits) {
        String plain = plainDigits(text);
        return plain.matches("-?\\d{1," + digits + "}") ? OptionalInt.of(Integer.parseInt(plain)) : OptionalInt.empty();
    }

    /** An amount of yuan with at most two decimals, in fen. */
    public OptionalLong fen(String name) {
        String plain = plainDigits(text(name)).replace(",", "").replaceFirst("^[\u00A5\uFFE5]\\s*", "");
        return plain.matches("\\d{1,9}(\\.\\d{1,2})?") ? OptionalLong.of(new BigDecimal(plain).movePointRight(2).longValueExact()) : OptionalLong.empty();
    }

    public Optional<UUID> id(String name) {
        return Ids.parse(text(name));
    }

    public List<UUID> ids(String name) {
        return texts(name).stream().map(Ids::parse).flatMap(Optional::stream).distinct().toList();
    }

    public Optional<LocalDate> date(String name) {
        try {
            return Optional.of(LocalDate.parse(plainDigits(text(name)))).filter(d -> d.getYear() >= 1900 && d.getYear() <= 2200);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public Optional<LocalTime> time(String name) {
        String plain = plainDigits(text(name)).replace('\uFF1A', ':');
        try {
            return Optional.of(LocalTime.parse(plain.length() == 4 ? "0" + plain : plain));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The command's key; a form without one is a command of its own. */
    public UUID key(Ids ids) {
        return id("_key").orElseGet(ids::next);
    }

    private static String clean(@Nullable String text) {
        return text == null ? "" : text.replace("\r\n", "\n").replaceAll("[\\p{Cc}&&[^\n\t]]", "").strip();
    }

    private static String plainDigits(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(c >= 0xFF10 && c <= 0xFF19 ? (char) (c - 0xFF10 + '0') : c == 0xFF0E ? '.' : (char) c));
        return plain.toString();
    }
}
