/** Search in a server of its own, for one node or many: Elasticsearch. */
@NullMarked
package org.postbag.search.elasticsearch;

import org.jspecify.annotations.NullMarked;
