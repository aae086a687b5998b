package dev.vectorhub.console.shell;

import com.vaadin.quarkus.QuarkusVaadinServlet;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;

/**
 * The page framework's servlet. A page left open says so every two minutes; that alone does not keep its session alive,
 * only what a person does.
 */
@WebServlet(
        name = "console",
        urlPatterns = "/*",
        asyncSupported = true,
        initParams = {
            @WebInitParam(name = "closeIdleSessions", value = "true"),
            @WebInitParam(name = "heartbeatInterval", value = "120")
        })
public class ConsoleServlet extends QuarkusVaadinServlet {
    private static final long serialVersionUID = 1L;
}
