package org.postbag.contacts.matching;

/** How common values are. */
interface Frequencies {

    /** What is known in general counts as much as so many records of the list. */
    double USUAL_RECORDS = 1_000;

    /** Nothing is known of single values: each is as common as the field's values are in general. */
    Frequencies USUAL = (_, _) -> -1;

    /**
     * How common a record's value is, from 0 to 1: the chance that another record has it too; negative where that isn't known.
     *
     * @param field place of a column, whose value the record has
     */
    double of(int field, int record);

    /** As they stand in the table. */
    static Frequencies of(ContactTable table) {
        var columns = table.columns();
        return (field, record) -> {
            var column = columns.get(field);
            int count = column.countOf(table.value(record, field));
            return column.filled() < 2 ? 1 : (count - 1.0) / (column.filled() - 1.0);
        };
    }

    /** As they stand in the table, and as in general: the fewer records there are, the less those count. */
    static Frequencies of(ContactTable table, Model model) {
        var columns = table.columns();
        return (field, record) -> {
            var column = columns.get(field);
            int value = table.value(record, field);
            double general = value == Column.NOTHING ? -1 : CommonNames.share(column.field, column.text(value));
            double usual = USUAL_RECORDS * (general < 0 ? model.different()[field][Likeness.EQUAL] : general);
            double others = Math.max(0, column.countOf(value) - 2.0);
            return (others + usual) / (Math.max(0, column.filled() - 2.0) + USUAL_RECORDS);
        };
    }
}
