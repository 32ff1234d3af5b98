//! Which column of a sheet is which.
//!
//! In: cells; what somebody says of columns. Out: [`ColumnMeanings`]: the row of names, if there is one, and what each column has. Not here:
//! what stands in the rows.

use serde::Serialize;

use super::{cells::SheetCells, pair::normal};

/// What a column of a sheet can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetColumn {
    /// The printed step: 6a.
    Step,
    /// Who is responsible.
    Who,
    /// What is to be done.
    Task,
    /// What must not be overlooked.
    Warning,
    /// When it starts.
    Start,
    /// When it ends.
    End,
    /// How many working days it takes.
    Days,
    /// The name by which its file knows it, as an exported sheet has it.
    Id,
    /// Whether it is completed.
    Status,
}

impl SheetColumn {
    /// All of them, in the order of a table of steps.
    pub const ALL: [SheetColumn; 9] = [
        SheetColumn::Step,
        SheetColumn::Who,
        SheetColumn::Task,
        SheetColumn::Warning,
        SheetColumn::Start,
        SheetColumn::End,
        SheetColumn::Days,
        SheetColumn::Id,
        SheetColumn::Status,
    ];

    /// Those that are copied for Excel.
    pub const COPIED: [SheetColumn; 7] = [
        SheetColumn::Step,
        SheetColumn::Who,
        SheetColumn::Task,
        SheetColumn::Warning,
        SheetColumn::Start,
        SheetColumn::End,
        SheetColumn::Days,
    ];

    /// What the table of steps calls it.
    pub fn label(self) -> &'static str {
        match self {
            SheetColumn::Step => "Step",
            SheetColumn::Who => "Responsible",
            SheetColumn::Task => "Task",
            SheetColumn::Warning => "Warning",
            SheetColumn::Start => "Start",
            SheetColumn::End => "End",
            SheetColumn::Days => "Working days",
            SheetColumn::Id => "ID",
            SheetColumn::Status => "Status",
        }
    }

    /// Its key in forms.
    pub fn key(self) -> &'static str {
        match self {
            SheetColumn::Step => "step",
            SheetColumn::Who => "who",
            SheetColumn::Task => "task",
            SheetColumn::Warning => "warning",
            SheetColumn::Start => "start",
            SheetColumn::End => "end",
            SheetColumn::Days => "days",
            SheetColumn::Id => "id",
            SheetColumn::Status => "status",
        }
    }

    /// The names that analysts give it, in small letters and without signs.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            SheetColumn::Step => "step,steps,no,nr,number,item,item no,step no,step number",
            SheetColumn::Who => {
                "who,responsible,responsible entity,responsible party,responsible parties,responsibility,owner,owners,\
                 assigned to,entity,lead"
            }
            SheetColumn::Task => {
                "task,tasks,task name,task description,activity,activities,description,action,what"
            }
            SheetColumn::Warning => "warning,warnings",
            SheetColumn::Start => "start,starts,start date,planned start,begin,begins,begin date,from",
            SheetColumn::End => {
                "end,ends,end date,planned end,finish,finish date,due,due date,completion date,deadline,to,until"
            }
            SheetColumn::Days => {
                "working days,work days,workdays,business days,days,duration,duration days,takes"
            }
            SheetColumn::Id => "id",
            SheetColumn::Status => "status",
        };
        names.split(',')
    }

    fn named(head: &str) -> Option<SheetColumn> {
        let plain = normal(head);
        if head.trim() == "#" {
            return Some(SheetColumn::Step);
        }
        SheetColumn::ALL.into_iter().find(|column| column.names().any(|name| name == plain))
    }
}

/// What the columns of a sheet have.
pub(super) struct ColumnMeanings {
    /// The row of their names, by its place among the cells.
    pub head: Option<usize>,
    /// What each has; none of those that are left out.
    pub meanings: Vec<Option<SheetColumn>>,
    /// The columns that may have warnings or somebody's own notes, by their places, as long as nobody says which.
    pub asked: Vec<usize>,
}

/// Names of columns with what must not be overlooked, or with what nobody but the writer is to read.
const NOTES: [&str; 6] = ["note", "notes", "comment", "comments", "remark", "remarks"];

impl ColumnMeanings {
    /// Finds them. `said` is what somebody says of columns, by their places; it goes before their names.
    pub fn of(cells: &SheetCells, said: &[Option<SheetColumn>]) -> ColumnMeanings {
        let named = |row: &[String]| row.iter().map(|cell| SheetColumn::named(cell)).collect::<Vec<_>>();
        let is_head = |row: &&Vec<String>| {
            let found = once(&named(row));
            let known = found.iter().flatten().count();
            known >= 2 && found.contains(&Some(SheetColumn::Task))
        };
        let head = cells.rows.iter().position(|row| is_head(&row));
        let mut meanings = match (said, head) {
            ([], Some(head)) => once(&named(&cells.rows[head])),
            (said, _) => once(said),
        };
        meanings.resize(cells.width().max(meanings.len()), None);
        let names = head.filter(|_| said.is_empty()).map(|head| &cells.rows[head]);
        let has_warnings = meanings.contains(&Some(SheetColumn::Warning));
        let names = names.into_iter().flatten().enumerate().filter(|_| !has_warnings);
        let asked = names.filter(|(_, name)| NOTES.contains(&normal(name).as_str()));
        ColumnMeanings { head, asked: asked.map(|(at, _)| at).collect(), meanings }
    }

    /// Whether it is known where the words of the tasks stand; without them no row can be found again.
    pub fn are_known(&self) -> bool {
        self.place(SheetColumn::Task).is_some()
    }

    /// Where a column stands.
    pub fn place(&self, column: SheetColumn) -> Option<usize> {
        self.meanings.iter().position(|meaning| *meaning == Some(column))
    }
}

/// Whether rows begin with the names of columns of a release: a task, and when it starts or ends.
pub(in crate::desk) fn is_task_table(rows: &[Vec<String>]) -> bool {
    let cells = SheetCells { rows: rows.to_vec(), unseen: 0 };
    let columns = ColumnMeanings::of(&cells, &[]);
    let has = |column| columns.head.is_some() && columns.place(column).is_some();
    has(SheetColumn::Task) && (has(SheetColumn::Start) || has(SheetColumn::End))
}

/// The same, each meaning where it stands first.
fn once(meanings: &[Option<SheetColumn>]) -> Vec<Option<SheetColumn>> {
    let is_first = |at: usize, column: &SheetColumn| !meanings[..at].contains(&Some(*column));
    let each = meanings.iter().enumerate();
    each.map(|(at, meaning)| meaning.filter(|column| is_first(at, column))).collect()
}
