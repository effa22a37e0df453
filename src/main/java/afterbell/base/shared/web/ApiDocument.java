package afterbell.base.shared.web;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Describes {@code /api/v1}: who may call each operation, and the problems that every one of them can answer. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
    private static final String TOKEN = "token";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final Map<String, String> ALWAYS = new TreeMap<>(Map.of(
            "401", "No token, or one that is no longer valid",
            "403", "The right place, but not for this role, or not without the guardian's consent",
            "404", "Nothing there, or nothing of yours",
            "422", "Refused; nothing was changed"));

    @Bean
    OpenAPI openApi() {
        Components components = new Components().addSecuritySchemes(TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("A personal token, made on the account page; it acts for the family alone"));
        ModelConverters.getInstance(true).readAll(Problem.class).forEach((name, schema) -> components.addSchemas(name, schema));
        return new OpenAPI()
                .info(new Info().title("Afterbell").version("1").description("Families' side of the after-school service. Conventions: docs/how/api.md.").license(new License().name("Apache-2.0")))
                .components(components);
    }

    @Bean
    GlobalOperationCustomizer roles() {
        return ApiDocument::describe;
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        if (find(handler, OpenToAll.class) != null) {
            operation.addExtension("x-roles", List.of("ALL"));
            return operation;
        }
        @Nullable Allowed allowed = find(handler, Allowed.class);
        operation.addExtension("x-roles", allowed == null ? List.of("SIGNED_IN") : Arrays.stream(allowed.value()).map(Enum::name).sorted().toList());
        operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        ALWAYS.forEach((status, why) -> operation.getResponses().putIfAbsent(status, problem(why)));
        return operation;
    }

    private static ApiResponse problem(String why) {
        return new ApiResponse().description(why).content(new Content().addMediaType("application/problem+json", new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A find(HandlerMethod handler, Class<A> kind) {
        @Nullable A own = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), kind);
        return own != null ? own : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), kind);
    }
}
