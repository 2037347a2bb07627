package org.postbag.staff;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What is wrong with a call of the API: thrown by its handlers, answered as problem details (RFC 9457). */
public final class ApiProblem extends ErrorResponseException {

    private static final int SIZE_MAX = 200;
    private static final int OFFSET_MAX = 1_000_000;

    /** @param detail what happened and how to put it right, without personal data */
    public ApiProblem(HttpStatus status, String title, String detail) {
        super(status, details(status, title, detail), null);
    }

    /** @throws ApiProblem where a page of a list is asked for that none has */
    public static void checkPage(int offset, int size) {
        if (offset < 0 || offset > OFFSET_MAX || size < 1 || size > SIZE_MAX) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "Out of bounds",
                    "offset is from 0 to " + OFFSET_MAX + ", size from 1 to " + SIZE_MAX);
        }
    }

    private static ProblemDetail details(HttpStatus status, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }
}
