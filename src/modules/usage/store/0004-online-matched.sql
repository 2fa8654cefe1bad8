-- Online cases of those months alone in which the counters counted, too. What was reckoned without it is reckoned anew.
alter table usage.case_figure drop constraint case_figure_measure_check;
alter table usage.case_figure add constraint case_figure_measure_check
  check (measure in ('submitted', 'decided', 'online-matched', 'given-up', 'left-at'));
delete from usage.case_month;
