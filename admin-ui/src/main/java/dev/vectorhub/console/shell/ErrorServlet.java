package dev.vectorhub.console.shell;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes our page where the servlet container would write its own; {@code web.xml} sends every error here. */
@WebServlet(name = "error", urlPatterns = ErrorServlet.PATH)
public class ErrorServlet extends HttpServlet {
    static final String PATH = "/hub-error";
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The container has set the status before it came here. Asked for directly, this is an address that does not
        // exist.
        int before = response.getStatus();
        int status = before >= HttpServletResponse.SC_BAD_REQUEST ? before : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        response.setContentType("text/html; charset=utf-8");
        response.getWriter().write(ErrorPage.html(status, null));
    }
}
