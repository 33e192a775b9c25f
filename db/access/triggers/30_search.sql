-- Names, birth date, postcode and city of a customer are searched through search_name and search_word.

create trigger search_added after insert on harmony.customer
    referencing new table as added
    for each statement execute function harmony.search_customer_added();

create trigger search_changed after update on harmony.customer
    referencing new table as added old table as removed
    for each statement execute function harmony.search_customer_changed();

create trigger search_removed after delete on harmony.customer
    referencing old table as removed
    for each statement execute function harmony.search_customer_removed();
