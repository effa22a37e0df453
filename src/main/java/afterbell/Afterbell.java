package afterbell;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/** The one application: every room of the house is a module below this package. */
@SpringBootApplication
@Modulithic(systemName = "Afterbell")
public class Afterbell {}
