package afterbell.base.schools;

import java.util.UUID;

/**
 * A school as other rooms need it.
 *
 * @param code short public code, used in public addresses and on the command line
 * @param region GB/T 2260 code, decides the rule packs
 * @param kind primary, junior, nine-year, complete-secondary, twelve-year or teaching-point
 * @param setting urban or rural
 * @param ownership public or private
 */
public record School(UUID id, String code, String name, String region, String kind, String setting, String ownership, boolean boarding, String phone) {}
