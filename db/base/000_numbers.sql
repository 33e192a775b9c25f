-- The sequences behind the numbers that people read. Customer numbers have eight digits.

create sequence if not exists harmony.number_customer start 10100000 maxvalue 99999999;
create sequence if not exists harmony.number_p start 10517;
create sequence if not exists harmony.number_t start 5521;
create sequence if not exists harmony.number_r start 30871;
create sequence if not exists harmony.number_pv start 101;
create sequence if not exists harmony.number_s start 118402;
create sequence if not exists harmony.number_d start 118402;
create sequence if not exists harmony.number_v start 118402;
