/** The registers that plans name, read from the record whenever somebody asks, never kept: screen, PDF, .xlsx (R88, R89, R91, R92, R95, R94, R98). */
@NullMarked
package afterbell.day.safety.registers;

import org.jspecify.annotations.NullMarked;
