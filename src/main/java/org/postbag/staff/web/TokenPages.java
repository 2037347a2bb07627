package org.postbag.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.OpenToStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.Scope;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.StaffDirectory;
import org.postbag.staff.access.StaffDirectory.Person;
import org.postbag.staff.access.TokenDesk;
import org.postbag.staff.access.TokenDesk.Asked;
import org.postbag.staff.access.TokenDesk.Made;
import org.postbag.staff.access.TokenDesk.Token;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tokens for the API: administrators see all, make those of jobs and of others, and end any; everybody makes and ends their own. */
@Controller
class TokenPages {

    static final String ALL = "/settings/tokens";
    static final String OWN = "/tokens";
    /** The flash attribute that shows a new token this once. */
    private static final String FRESH = "freshToken";

    private final TokenDesk desk;
    private final StaffDirectory directory;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    TokenPages(TokenDesk desk, StaffDirectory directory, CurrentStaff staff, StaffTexts texts) {
        this.desk = desk;
        this.directory = directory;
        this.staff = staff;
        this.texts = texts;
    }

    /** @param owner {@code job}, or the id of a member */
    record Form(
            @Nullable String name,
            @Nullable String owner,
            @Nullable String job,
            @Nullable List<String> scope,
            @Nullable Integer days,
            @Nullable String password) {

        static final Form EMPTY = new Form(null, "job", null, null, 90, null);

        public boolean has(Scope one) {
            return scope != null && scope.contains(one.code());
        }

        static String text(@Nullable String typed) {
            return typed == null ? "" : typed.strip();
        }

        int wantedDays() {
            return days == null ? 0 : days;
        }
    }

    @GetMapping(ALL)
    @AllowedTo(Role.ADMINISTRATOR)
    ModelAndView all() {
        return list(desk.all(), false);
    }

    @GetMapping(OWN)
    @OpenToStaff
    ModelAndView own() {
        return list(self().map(one -> desk.ofMember(one.id())).orElse(List.of()), true);
    }

    private static ModelAndView list(List<Token> tokens, boolean own) {
        var page = new ModelAndView("staff/tokens");
        page.addObject("tokens", tokens);
        page.addObject("own", own);
        page.addObject("path", own ? OWN : ALL);
        return page;
    }

    @GetMapping(ALL + "/new")
    @AllowedTo(Role.ADMINISTRATOR)
    ModelAndView form() {
        return form(Form.EMPTY, false, List.of());
    }

    @GetMapping(OWN + "/new")
    @OpenToStaff
    ModelAndView ownForm() {
        return form(Form.EMPTY, true, List.of());
    }

    private ModelAndView form(Form typed, boolean own, List<PageError> errors) {
        var page = new ModelAndView("staff/token-new");
        if (!errors.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        page.addObject("typed", typed);
        page.addObject("own", own);
        page.addObject("path", own ? OWN : ALL);
        page.addObject("errors", errors);
        page.addObject("days", TokenDesk.DAYS);
        page.addObject(
                "scopes",
                own
                        ? TokenDesk.forMember(staff.member())
                        : Arrays.stream(Scope.values())
                                .filter(scope -> !scope.showsContent())
                                .toList());
        if (!own) {
            page.addObject("people", others());
        }
        return page;
    }

    private List<Person> others() {
        var me = staff.member().actor();
        return directory.all().stream()
                .filter(person -> person.active() && !me.equals("staff:" + person.username()))
                .toList();
    }

    @PostMapping(ALL + "/new")
    @AllowedTo(Role.ADMINISTRATOR)
    ModelAndView make(Form typed, RedirectAttributes redirect) {
        var owner = Form.text(typed.owner());
        var member = others().stream()
                .filter(person -> Long.toString(person.id()).equals(owner))
                .findFirst();
        if (member.isEmpty() && !owner.equals("job")) {
            return form(typed, false, List.of(new PageError("owner", texts.say("tokens.new.owner.wrong"))));
        }
        var asked = new Asked(
                Form.text(typed.name()),
                member.isPresent() ? null : Form.text(typed.job()),
                member.orElse(null),
                TokenDesk.scopes(typed.scope()),
                typed.wantedDays());
        return made(asked, typed, false, List.of(), redirect);
    }

    @PostMapping(OWN + "/new")
    @OpenToStaff
    ModelAndView makeOwn(Form typed, HttpServletRequest request, RedirectAttributes redirect) {
        var me = self().orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var errors = new ArrayList<PageError>();
        if (!desk.isPassword(me, typed.password() == null ? "" : typed.password(), request.getRemoteAddr())) {
            errors.add(new PageError("password", texts.say("tokens.new.password.wrong")));
        }
        var asked = new Asked(Form.text(typed.name()), null, me, TokenDesk.scopes(typed.scope()), typed.wantedDays());
        return made(asked, typed, true, errors, redirect);
    }

    private ModelAndView made(
            Asked asked, Form typed, boolean own, List<PageError> errors, RedirectAttributes redirect) {
        if (!errors.isEmpty()) {
            return form(typed, own, errors);
        }
        return switch (desk.make(asked, staff.member())) {
            case Made.Refused refused -> form(typed, own, List.of(new PageError(refused.field(), refused.why())));
            case Made.Done done -> {
                redirect.addFlashAttribute(FRESH, done.token());
                redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(texts.say("tokens.new.done")));
                yield new ModelAndView("redirect:" + (own ? OWN : ALL));
            }
        };
    }

    @GetMapping(ALL + "/{id:[0-9]+}/end")
    @AllowedTo(Role.ADMINISTRATOR)
    ModelAndView endForm(@PathVariable long id) {
        return endForm(desk.find(id), false);
    }

    @GetMapping(OWN + "/{id:[0-9]+}/end")
    @OpenToStaff
    ModelAndView endOwnForm(@PathVariable long id) {
        return endForm(ownToken(id), true);
    }

    private static ModelAndView endForm(Optional<Token> token, boolean own) {
        var page = new ModelAndView("staff/token-end");
        page.addObject("token", token.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        page.addObject("path", own ? OWN : ALL);
        return page;
    }

    @PostMapping(ALL + "/{id:[0-9]+}/end")
    @AllowedTo(Role.ADMINISTRATOR)
    String end(@PathVariable long id, RedirectAttributes redirect) {
        return ended(desk.end(id, staff.member().actor()), ALL, redirect);
    }

    @PostMapping(OWN + "/{id:[0-9]+}/end")
    @OpenToStaff
    String endOwn(@PathVariable long id, RedirectAttributes redirect) {
        var token = ownToken(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ended(desk.end(token.id(), staff.member().actor()), OWN, redirect);
    }

    private String ended(boolean done, String path, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done ? new Notice(texts.say("tokens.end.done")) : Notice.refusal(texts.say("tokens.end.not-done")));
        return "redirect:" + path;
    }

    private Optional<Token> ownToken(long id) {
        return self().stream()
                .flatMap(one -> desk.ofMember(one.id()).stream())
                .filter(token -> token.id() == id)
                .findFirst();
    }

    private Optional<Person> self() {
        var actor = staff.member().actor();
        return directory.all().stream()
                .filter(person -> actor.equals("staff:" + person.username()))
                .findFirst();
    }
}
