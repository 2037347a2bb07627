package org.postbag.receiving;

import tools.jackson.databind.json.JsonMapper;

/** How rows of exports are written as JSON. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
