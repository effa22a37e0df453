package afterbell.term.placement.results;

import java.util.UUID;

/**
 * One child's own line of a published result.
 *
 * @param line its rows with salt and way to the root, as {@code place verify --mine} reads them
 * @param root what the public certificate says
 * @param certificate address of that certificate
 */
public record LinePage(UUID child, String childName, String line, String root, String certificate) {}
