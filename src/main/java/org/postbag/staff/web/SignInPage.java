package org.postbag.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.OpenToStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.KeptSubmission;
import org.postbag.staff.access.SignInFailure;
import org.postbag.staff.access.SignedInStaff;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, and going on with what was typed before the session ended. The form's POST itself is Spring Security's. */
@Controller
class SignInPage {

    private static final String PAGE = "staff/sign-in";
    private static final int USERNAME_CHARS_MAX = 100;

    private final SignedInStaff signedIn;
    private final StaffTexts texts;

    SignInPage(SignedInStaff signedIn, StaffTexts texts) {
        this.signedIn = signedIn;
        this.texts = texts;
    }

    @GetMapping("/sign-in")
    @OpenToPublic
    String signIn(
            @RequestParam Optional<String> ended, @RequestParam("signed-out") Optional<String> signedOut, Model model) {
        if (signedIn.anyone().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute(
                "information", signedOut.isPresent() ? texts.say("sign-in.signed-out") : information(ended.orElse("")));
        return PAGE;
    }

    private @Nullable String information(String ended) {
        return switch (ended) {
            case "kept", "session", "page" -> texts.say("sign-in.ended." + ended);
            default -> null;
        };
    }

    /** Spring Security forwards here when it has refused a sign-in. */
    @PostMapping("/sign-in/refused")
    @OpenToPublic
    String refused(
            @RequestParam(defaultValue = "") String username,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var failure = request.getAttribute(SignInFailure.ATTRIBUTE) instanceof SignInFailure known
                ? known
                : SignInFailure.WRONG;
        response.setStatus(status(failure).value());
        model.addAttribute("username", username.substring(0, Math.min(username.length(), USERNAME_CHARS_MAX)));
        model.addAttribute("errors", List.of(new PageError("username", text(failure))));
        return PAGE;
    }

    private static HttpStatus status(SignInFailure failure) {
        return switch (failure) {
            case WRONG -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_MANY_TRIES -> HttpStatus.TOO_MANY_REQUESTS;
            case SERVER_AWAY -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private String text(SignInFailure failure) {
        return texts.say(
                switch (failure) {
                    case WRONG -> "sign-in.wrong";
                    case TOO_MANY_TRIES -> "sign-in.too-many-tries";
                    case SERVER_AWAY -> "sign-in.server-away";
                });
    }

    /** What was typed before the session ended, with a button that sends it. It is shown once. */
    @GetMapping("/sign-in/continue")
    @OpenToStaff
    String goOn(HttpSession session, Model model) {
        var kept = KeptSubmission.in(session);
        if (kept.isEmpty()) {
            return "redirect:/";
        }
        KeptSubmission.forget(session);
        model.addAttribute("kept", kept.get());
        return "staff/continue";
    }
}
