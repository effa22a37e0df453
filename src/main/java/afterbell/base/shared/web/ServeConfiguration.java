package afterbell.base.shared.web;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What a node for real families adds to the pages: whose word about the caller counts, and nothing over plain http. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("afterbell.serve")
class ServeConfiguration implements WebMvcConfigurer {
    private static final int BEFORE_ACCESS = -100;

    @Bean
    FilterRegistrationBean<TrustedProxies> trustedProxies(@Value("${afterbell.proxies:}") String proxies) {
        FilterRegistrationBean<TrustedProxies> filter = new FilterRegistrationBean<>(new TrustedProxies(Networks.of(proxies)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // A balancer asks for health, and Prometheus for figures, from their own machines; both answer without a name of anybody.
        registry.addInterceptor(new PlainHttp()).excludePathPatterns("/assets/**", "/health", "/metrics", "/error").order(BEFORE_ACCESS);
    }
}
