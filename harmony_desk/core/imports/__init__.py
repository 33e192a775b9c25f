"""Bring in a list of customers: read the file, map its columns, check each row, show who is known, carry out, undo.

    sheet = reading.read(data)                  CSV or XLSX, sniffed or as chosen
    mapping = mapping.guess(sheet.header)       adjustable, kept as a profile
    checked = rows.check(sheet, mapping, ...)   people who can be brought in, and a problem for each cell that cannot
    run = carry_out.compare(database, ...)      who is known already; nothing is written but the trace of the run
    carry_out.add(database, run, ...)           one transaction a batch
    runs.undo(session, run_id)                  takes back whom nobody touched since

What stands in the file never reaches a log or an exception: problems carry a row, a column and a sentence.
"""
