-- A search that is kept names its filters by facet.
update search_query set query = query - 'channels' - 'categories' || jsonb_build_object('filters', jsonb_strip_nulls(jsonb_build_object(
    'CHANNEL', (select jsonb_agg(lower(replace(c, '_', '-'))) from jsonb_array_elements_text(query -> 'channels') as c),
    'CATEGORY', (select jsonb_agg(c) from jsonb_array_elements_text(query -> 'categories') as c))))
where query ? 'channels';
