# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for kobra-import

# __kobra_import_verb_is VERB…: whether the first word of the command line is one of them.
function __kobra_import_verb_is
    set -l tokens (commandline -opc)
    set -q tokens[2]; and contains -- $tokens[2] $argv
end

set -l first '__fish_is_nth_token 1'
set -l reads '__kobra_import_verb_is read check send'
set -l checks '__kobra_import_verb_is check send'
set -l sends '__kobra_import_verb_is send'
set -l lays_out '__kobra_import_verb_is layout'
set -l practises '__kobra_import_verb_is practice'
set -l remembers '__kobra_import_verb_is history'
set -l signs_in '__kobra_import_verb_is send practice'

complete -c kobra-import -n $first -a read -d 'Print the table as the import sees it'
complete -c kobra-import -n $first -a check -d 'Print the problems of each record'
complete -c kobra-import -n $first -a send -d 'Send the records and print what became of each'
complete -c kobra-import -n $first -a history -d 'Past imports, and what became of a record'
complete -c kobra-import -n $first -a layout -d 'List the saved layouts, or write an empty table'
complete -c kobra-import -n $first -a practice -d 'Run the practice server'
complete -c kobra-import -n $first -l version -d 'Show the version'
complete -c kobra-import -n $first -l sample -d 'Open the sample'
complete -c kobra-import -n $first -l new-window -d 'Open another window'
complete -c kobra-import -l help -d 'Show the options'

complete -c kobra-import -n $reads -l kind -x -a 'accounts promises' -d 'What the records are'
complete -c kobra-import -n $reads -l sheet -x -d 'The sheet of a workbook'
complete -c kobra-import -n $reads -l encoding -x -a 'utf-8 utf-16-le utf-16-be windows-1252 cp850 mac-roman' -d 'The encoding of a text'
complete -c kobra-import -n $reads -l separator -x -a 'comma semicolon tab bar space' -d 'What parts the cells of a text'
complete -c kobra-import -n $reads -l header-row -x -a 'none' -d 'The line that names the columns'
complete -c kobra-import -n $reads -l keep-all -d 'Keep totals, notes and repeated headers'
complete -c kobra-import -n $reads -l layout -r -F -d 'Which column is which field'

complete -c kobra-import -n $checks -l import-type -x -a 'new balances personal' -d 'What the accounts are sent for'
complete -c kobra-import -n $checks -l no-clean -d 'Leave the cells as they are'
complete -c kobra-import -n $checks -l fix -x -a 'empty-word mojibake control quotes spaces day-first month-first short-year serial decimal-comma decimal-point unit phone postal-code email identifier' -d 'Clean up this too'
complete -c kobra-import -n $checks -l ignore -x -d 'A kind of warning not to look for'
complete -c kobra-import -n $checks -l connection -x -d 'A saved connection'
complete -c kobra-import -n $checks -l format -x -a 'json text' -d 'How the results are printed'

complete -c kobra-import -n $lays_out -l blank -r -F -d 'Write an empty table here'
complete -c kobra-import -n $lays_out -l kind -x -a 'accounts promises' -d 'What the records are'

complete -c kobra-import -n $sends -l base-url -x -d 'The address of the API'
complete -c kobra-import -n $sends -l token-file -r -F -d 'The file that holds a token'
complete -c kobra-import -n $sends -l auth-header -x -a 'Authorization api-key' -d 'The header that carries the token'
complete -c kobra-import -n $sends -l auth-prefix -x -d 'What stands before the token'
complete -c kobra-import -n $sends -l batch -x -d 'Records in a request, at most'
complete -c kobra-import -n $sends -l in-flight -x -d 'Requests at a time, at most'
complete -c kobra-import -n $sends -l timeout -x -d 'Seconds to wait for an answer'
complete -c kobra-import -n $sends -l dry-run -d 'Send nothing: print the request of one record'
complete -c kobra-import -n $sends -l row -x -d 'With --dry-run: the line of that record in the file'
complete -c kobra-import -n $sends -l rows -x -d 'Send only the records in these lines, such as 2-50,70'
complete -c kobra-import -n $sends -l journal -r -F -d 'Where the run is written down'
complete -c kobra-import -n $sends -l results -r -F -d 'Where to save the results'
complete -c kobra-import -n $sends -l only -x -a 'all rejected not-accepted' -d 'Which records the results have'

complete -c kobra-import -n $signs_in -l user -x -d 'The user to sign in with'
complete -c kobra-import -n $signs_in -l password-file -r -F -d 'The file that holds the password'

complete -c kobra-import -n $remembers -f -a 'list search show'
complete -c kobra-import -n $remembers -l journal -r -F -d 'The journal to look in'
complete -c kobra-import -n $remembers -l format -x -a 'json text' -d 'How it is printed'

complete -c kobra-import -n $practises -f
complete -c kobra-import -n $practises -l port -x -d 'The port to listen on'
complete -c kobra-import -n $practises -l reject -x -d 'Refuse the record with this key'
complete -c kobra-import -n $practises -l delay -x -d 'Milliseconds to wait before each answer'
