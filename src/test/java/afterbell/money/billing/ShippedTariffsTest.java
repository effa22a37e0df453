package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedTariffsTest {

    @Test
    @Req("R113")
    void each_shipped_file_is_the_worked_example_of_the_page() throws IOException {
        String page = Files.readString(Path.of("docs/how/money.md"));
        assertThat(new ShippedTariffs().all()).hasSizeGreaterThan(12).filteredOn(s -> !s.tariff().code().startsWith("EXAMPLE-")).allSatisfy(s -> assertThat(page).contains(s.body()));
    }

    @Test
    @Req("R121")
    void the_account_plan_has_the_sub_account_of_other_payables() {
        assertThat(AccountPlan.shipped().account("service-fund").name().zh()).startsWith("其他应付款/");
        assertThat(AccountPlan.shipped().account("family").needsPupil()).isTrue();
    }
}
