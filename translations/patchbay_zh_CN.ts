<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AboutBlock</name>
    <message>
        <source>Name in commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the command line: --set %1.parameter=value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses all processor cores and about %1 of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Uses %n processor core(s) and about %1 of memory.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Faster on a GPU; runs without one as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Touches nothing but its inputs and outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads files on this machine, and runs again when they change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes files outside the project&apos;s store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same inputs and settings always give the same result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws random numbers: the same seed gives the same result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depends on something outside the pipeline, so it may differ from run to run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works picture by picture: only new or changed pictures are computed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: %1, version %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An empty canvas in a new project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open pipeline…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens a pipeline file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens the newest pipeline of a project folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another window, for another project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves the pipeline. Unsaved changes survive a crash as well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves the pipeline under another name and goes on there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks into a folder or table of pictures and adds it to the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start &amp;page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the project and shows templates and recent pipelines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the window; what runs can go on without it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes the window and ends the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes back the last change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the change that was taken back again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find block…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes to a block of this pipeline by its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language, colours, folders, notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All &amp;commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds any command or block by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Minimap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole canvas in small, in its corner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses the whole screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts all panels back where they were at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs the pipeline; what is stored is not computed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run to &amp;selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs the selected blocks and what they need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and &amp;keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends training soon and keeps the best model so far; what follows still runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Interrupt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the run now; finished blocks keep their results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes to the next thing that keeps the pipeline from running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what the trained model says of a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves the trained model for use elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help on block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explains the selected block, its inputs, outputs and parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys on one sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version, licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies versions, machine and engine state for a bug report, without your pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message>
        <source>On your pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws the random numbers anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The previous picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The picture and %n example(s) of it augmented</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Link a block with pictures to see here what the augmentations do to them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BlockHead</name>
    <message>
        <source>Title of the block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The title on the canvas; empty: &quot;%1&quot; (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1: what you set here goes to all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block is not installed here. It is kept as it is; install the pack it comes from to use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help on &quot;%1&quot; (F1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Open groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CalibrationPage</name>
    <message>
        <source>Confidence and truth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stated probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share that was right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report has no calibration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2, stated %3, right %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On average the stated probability is off by this much. Bars below the line: the model is surer than it should be. Faint bars stand for few pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CanvasModel</name>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Balance of the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2, %3 % of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training %1, validation %2, test %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In no part: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In no part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No classes: none of the pictures has a label.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>With its 95 % interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied the table as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole table in the order shown (Ctrl+C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of every class</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of class &quot;%2&quot; taken for &quot;%3&quot;: %4 % of the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the true class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the predicted class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows: true class. Columns: predicted class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a cell to see its pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confusion matrix: rows are true classes, columns predicted ones</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurvePanel::Impl</name>
    <message>
        <source>Metrics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which metrics are shown, one chart each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving average: how much the past weighs. The measured values stay visible behind it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic values; zero and below are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole curves again (0, or a double click). Wheel: zoom; Ctrl+wheel: zoom the values; drag: move; Shift+drag: zoom to a box; arrow keys: move the cursor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the curves as picture or table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no curves yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The curves cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is chosen to be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose metrics above, or switch lines on in the legend.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No curves yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a pipeline that trains: loss, accuracy, learning rate and speed appear here while it runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run has told no curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks that train tell them while they run, results taken from the store do not again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>95 %: %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (any number)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (may stay open)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normally %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a block and press F1: what it does, its inputs, outputs and parameters are explained here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HintCard</name>
    <message>
        <source>An empty canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a folder of pictures here: the names of its sub-folders become the classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press &lt;b&gt;Space&lt;/b&gt; or double-click to add a block; drag from a port to link it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or open a template: File, New from template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to begin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportSummaryView::Impl</name>
    <message>
        <source>A folder of pictures; folder names become classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table that lists pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model exported by Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing that can be imported was found here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would be imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was noticed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to look at yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of pictures or a table that lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2, %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in the same part of the split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing unusual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every file can be read, none is there twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 without colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read as colour pictures with equal channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 with transparency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laid on white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in printing colours (CMYK)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converted to RGB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 with 16 bits a channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaled to 8 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 turned by the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put upright as the file says</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This pipeline cannot be changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LoadStrip</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How busy the machine is appears here while a job runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load of this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which lines are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the blocks say while they run appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipelines (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patchbay did not close properly last time. Every finished change was brought back; nothing is saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1[*] - %2 - Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a pipeline first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes back the last change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the change that was taken back again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a block first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block has made a model yet. Run the pipeline first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pipeline runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open in another window, which was brought to the front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline has changes that are not saved in its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save them, or close without them?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pipeline is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are in progress.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Training can go on without this window; open the project again to see it. Stopping keeps what is finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save pipeline as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program changed the pipeline file. Nothing of yours is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double-click on the canvas, Space, Shift+A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only blocks that fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a link into empty space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put into a link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a block on the link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle button, or Space and drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select several</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag over them; Shift adds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block is called %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;Patchbay %1&lt;/h3&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build, train and deploy vision models by drag and drop. The Studio is free software under the GNU General Public License 3 or later, the engine under the Apache License 2.0. It uses Qt %1 and QCustomPlot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied. Paste it into your report; it names files and settings, but holds no picture.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Hide this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview: drag to move the view, arrow keys too</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberBox</name>
    <message>
        <source>several values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows or hides the panel %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParamRow</name>
    <message>
        <source>%1 *</source>
        <comment>a parameter that must be set</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What &quot;%1&quot; means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParamsForm</name>
    <message>
        <source>%1 or %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be changed when &quot;%1&quot; is &quot;%2&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More (%1, %2 changed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to set on this block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to set now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting matches &quot;%1&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Puts %n changed setting(s) back to the default.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureGrid</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pictures here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureWindow::Impl</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture (Left, Page up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture (Right, Page down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture (0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One pixel of the picture is one of the screen (1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the first picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the last picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This picture cannot be read. It may have been moved or damaged since it was imported.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortList</name>
    <message>
        <source>data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in: %2</source>
        <comment>port title and type</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 out: %2</source>
        <comment>port title and type</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the block &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not linked; it may stay so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not linked; the block needs it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Folder for new projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute &amp;on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;projects in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever is fastest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell me when a run ends while the window is in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the computer awake while something runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsView</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs and their blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has run yet. Press Run (Ctrl+Enter): every block that runs is listed here with its progress.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what the selected block said while it ran</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends training soon and keeps the best model so far; what follows still runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a run in progress first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the run now; finished blocks keep their results, training goes on from its last checkpoint next time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>The engine is starting; this takes a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder is read-only. Save the pipeline in a folder of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The canvas is empty. Add a block with Space or a double-click.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline runs already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SleepInhibitor</name>
    <message>
        <source>The computer stays awake while this runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer cannot be kept awake from here: no power manager answers. Set its sleep timer yourself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StateCard</name>
    <message>
        <source>Not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not configured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>count and unit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>parts of a progress line</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted: this block and what depends on it do not run (Ctrl+M).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bypassed: what comes in goes on unchanged (Ctrl+B).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block is running already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block is muted; unmute it first (Ctrl+M).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block is not installed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs this block and whatever it needs first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The pipeline can run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what has to be set first (F8)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder cannot be written: results can be seen, nothing can be run. Copy the project to a folder of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine of this project runs as process %1. It goes on without this window while something runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine starts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to the engine of this project. Editing works meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No engine: connect again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThresholdPage</name>
    <message>
        <source>False alarms %1, found %2, from %3 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall %1, precision %2, from %3 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The predictions of this report are no longer stored; run the pipeline again to use the slider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The predictions of this report are no longer stored; run the pipeline again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With more than two classes the most probable one counts; there is no threshold to choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no labelled validation pictures; give the Split block a validation share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False alarms %1, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall %1, precision %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the validation part this gives F1 %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the validation part this gives a balanced accuracy of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the validation part this gives a precision of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A threshold should be chosen on the validation part: chosen on the test part, the figures there promise too much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose on validation:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best balanced accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall of at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use in the Evaluate block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses the validation part only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the block&apos;s parameters so that it chooses this threshold on the validation part; run again to see all figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From this probability on a picture counts as positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures at the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ROC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the others that are false alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the positives found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs pictures of at least two classes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewCore</name>
    <message>
        <source>Notes belong to the whole pipeline. Leave the group first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied. Paste here, in another window or as text anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one block, frame or group to rename it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a group or frame to take it apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline is open for reading only. Save it under another name to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs once for each combination of these values.
%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Patchbay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teach a pretrained network your own pictures, by drawing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An empty canvas in a new project (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pipeline…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pipeline file (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder that Patchbay made, with pipelines and results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from a template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No template is about that. Clear the search to see all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no GPU (not needed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (its libraries are missing: run app/setup/install --gpu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>This machine: %1, %n core(s), %2 memory, %3, %4 free on disk</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>processor unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at this machine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its sample pictures are not installed: run app/setup/install</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready to run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>%1 is nothing that can be put on the canvas. Drop a folder of pictures, a table (CSV), an exported model, a pipeline file or a picture.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>block</name>
    <message>
        <source>This network has no maps of several resolutions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the levels to &quot;Last level&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network that looks at them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row of numbers for each picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From which depths of the network the features come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the whole picture means.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine detail as well: better for textures, defects and microscopy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns each picture into features; added pictures are the only ones that are computed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pretrained weights of {name} are installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose EfficientNet-Lite, whose weights come with Patchbay, or give a weight file (.safetensors or .pth) of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network with its pretrained weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger networks see more and take longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EfficientNet-Lite0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4.7 million parameters, 224 px: the quick start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EfficientNet-Lite1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5.4 million parameters, 240 px.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EfficientNet-Lite2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>6.1 million parameters, 260 px.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ResNet-18</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>11.7 million parameters; needs a weight file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ResNet-50</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>25.6 million parameters; needs a weight file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A .safetensors or .pth file. Nothing in it is executed. Empty: the ImageNet weights that come with Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the square the network sees; 0 = the network&apos;s own. Larger shows small details and takes longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a picture becomes a square.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the shape, cut the edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretch the whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast reading of large photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large JPEGs are read at a fraction of their size. Part of the exported model&apos;s record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pretrained backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A network that already knows pictures; what you train stands on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service has no request &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for &quot;convert&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} exists already and was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled pictures, split or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pictures; only the chosen training pictures keep their labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the amount counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures per class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per cent of each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled training pictures kept of each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of each class&apos;s training pictures that keep their label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed keeps other pictures; smaller amounts lie within larger ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no labelled training pictures to choose from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect labelled data, or give the training part of the split a larger share.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Few labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the labels of a few training pictures of each class and hides the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures with their classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds one folder for each class. A folder named &quot;unlabeled&quot; stays without class. Folders train, val and test at the top give the parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which folder&apos;s name is the class, when folders lie in folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topmost folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Innermost folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the classes; other folders are left out. Empty: every folder, by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder in the project with pictures that were added later, one folder for each class. What it says of a picture goes before what the other folder says. Empty: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {path} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put pictures into it, one folder for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the pictures of a folder; the names of its sub-folders are the classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures of the table with their labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV file with one picture a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the picture paths start. Empty: the folder of the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the first line names the columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column with the picture paths.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names or numbers of the label columns; several for several labels a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the label columns hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability of the second class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number from 0 to 1; half and above is the second class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes or no for each column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several labels a picture: every column is a class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A flag at or above this number means yes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold of each column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One number for each label column, in their order, where they differ. Empty: the one threshold for all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names and order of the classes. Empty: as they appear, by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures with the same entry stay together when data are split. Empty: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds train, validation or test. Empty: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder in the project with pictures that were added later, one folder for each class. What it says of a picture goes before what the table says. Empty: none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table {path} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a table with one picture a line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table has the class &quot;{label}&quot;, which is not in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add it to the classes, or empty the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table has no column &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {n} column(s), numbered from 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {n} threshold(s) for {columns} label column(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one for each label column, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threshold &quot;{text}&quot; is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it like 0.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label &quot;{text}&quot; of {path} is not a number{range}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the table, or say that the labels are class names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part column holds &quot;{text}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use train, validation or test, or leave the cell empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} stands in the table twice, with different labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep one line for each picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A probability needs exactly two class names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name them in order: first what a low probability means, then what a high one means.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes pictures and labels from a CSV file: class names, probabilities, or several labels a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer request replaced this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for thumbnails, decode, augment, augmentations or summary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of side {side} are not made here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for 1 to 8192 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} pictures are too many for one request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for at most 4096 at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures to divide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pictures, each with its part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How pictures are given to the parts. Classes are always spread evenly (stratified).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact shares below 200 pictures, lasting parts from there on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact shares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every class is divided as exactly as possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasting parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture ever changes its part when others are added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of several equal folds is the test part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share for choosing settings and thresholds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share kept aside for the final figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of equal parts for cross-validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of the folds is the test part, from 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regular expression on the path; what its first parentheses match is the part or patient whose pictures stay together. Empty: the groups the data set has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed gives another division.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pictures to divide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that has pictures in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{pattern}&quot; is not a regular expression ({problem}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for example &quot;patient_([0-9]+)&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{pattern}&quot; is found in no picture&apos;s path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The paths look like &quot;{path}&quot;; correct the pattern, or empty it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no fold {fold}: they are numbered from 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller fold, or more folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divides pictures into training, validation and test parts; pictures of one group stay together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trained classifier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its measured figures, for the model card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it was trained on: named in the card by digest and counts; pictures are only used to check the export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model is, how good, how fast, and its limits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the export folder is made. Empty: exports/ of the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the model and of its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Include own pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts eight of your pictures among the test vectors. Otherwise only pictures drawn by the program are in the export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network was not trained to tell classes apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect the model of a Linear probe or Fine-tune block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported file does not compute what the network computes (difference {d}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written. Report this with the diagnostic bundle of `patchbay doctor`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing test vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the demos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a folder with the model as ONNX and safetensors, its card, runnable demos and test vectors, all checked against each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for &quot;predict&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not an exported model: it has no model.onnx.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the folder that the Export block wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {demo} demo does not give the answers of the model: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be the name of a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a name without slashes; where the folder is made is another setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pictures; their names stand in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many pictures of each class there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the file is written. Empty: exports/ of the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the new folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the table is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write predictions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the predictions as a CSV table or JSON file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models of several labels a picture cannot be compared picture by picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect their reports to a Summary block: it sets their figures side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model has no predictions for labelled test pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a Split block before the training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predictions of the first method, one for each fold and seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predictions of the second method, on the same folds and seeds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much better the candidate is, with an interval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {a} runs of the baseline and {b} of the candidate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run both in the same for-each group, so that they share folds and seeds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two methods were tested on different pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give both the same data and the same split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says how much better one method is than another on the same pictures, folds and seeds, with an interval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probabilities for the pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pictures with their true labels and parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All figures, curves and the worst mistakes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which pictures the figures are about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positive class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With two classes: the one to be found, whose precision, recall and curves are shown. Empty: the second one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With two classes, and for each of several labels: from which probability on a picture counts as positive. Chosen on the validation part, never on the test part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best balanced accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the positives that must be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the most confidently wrong pictures are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen part has no labelled picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a Split block before the training, or choose the part &quot;All&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The predictions are for the task &quot;{task}&quot;, the data for &quot;{other}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate the model on data of the kind it was trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not know the class &quot;{label}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train it on data that have this class, or evaluate it on data without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no class &quot;{label}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the model&apos;s classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no labelled validation picture to choose the threshold on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the Split block a validation share, or set the threshold to &quot;One half&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says how good a model is: every figure with its interval, curves, confusion matrix and the worst mistakes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports of several runs: seeds, folds, backbones, amounts of labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean, spread and interval of every figure, and the single runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure that names the best run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reports have no figure &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a figure of the reports, for example accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings the reports of many runs together: mean, spread, interval and the best run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of your pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pictures with their parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of pictures that are known to be unlike yours, to measure how well they are told apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlike your data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least alike of your pictures, and what is needed to judge others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a picture is compared with the training pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearest pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance to the training pictures that are most alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spread of all pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance from the mean, measured by how much the training pictures vary in each direction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the nearest training pictures count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Familiar share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many of your own pictures, held out from training, raise no warning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The strangers&apos; features were computed by another network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an Embed block with the same backbone and levels for both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learns what your pictures look like, so that a picture of something else raises a warning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported classifier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an Export block wrote: it holds net.json and model.safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not an exported model: it has no net.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder that the Export block wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens a model that was exported before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures; labels are not looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A trained classifier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A probability for each class and picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which parts of the data are predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation and test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives every picture a probability for each class; added pictures are the only ones that are computed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the model of a Linear probe or Fine-tune block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has no such class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of its classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was stored about the training pictures cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block &quot;Unlike your data&quot; again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} training picture(s) are too few to say what is unlike them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give more pictures, or look at fewer neighbours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The features are too many for this method.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the nearest pictures instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The features of the training pictures do not differ enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a result of the block &quot;Unlike your data&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give its output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again to go on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network wants pictures that are not square.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a network for square pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again to go on from the last checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled pictures, divided into parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pretrained network to start from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network, trained on your pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the network is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The early stages are computed once and kept: minutes on a plain computer, and the best choice for small data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the last layer: seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head, then everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head is fitted first, then all stages are trained from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All stages from the start; slow without a GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First trained stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages before it stay as they are, for example block11 or layer4. Empty: the last third of the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views of each picture that are computed and kept. Choose only what leaves the class unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flips and quarter turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For pictures without an up and down: parts, cells, satellite views.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random changes, so that the network does not learn pictures by heart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TrivialAugmentWide and RandomErasing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The augmentations, applied in this order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often every picture is seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step size of the stages; warm-up and cosine decay are applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step size of the last layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decay towards early stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each earlier level is trained this much more slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in one step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls weights towards zero (AdamW).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of features left out at random before the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes a little certainty from every label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength of blending pictures; 0 is off, 0.2 is usual above a thousand pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength of pasting parts of pictures into others; 0 is off, 1 is usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decay of the moving average of the weights; 0 is off, 0.999 is usual for long training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs without a better validation before training ends early; 0 is never. The best epoch is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rare classes count as much as common ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use given probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn from the probability of each label, where the data have one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What becomes of the running statistics.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folded into the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fastest, and right for small data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For large batches and many pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed trains a replicate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no stage &quot;{name}&quot; to begin with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its stages are {names}; the first one cannot be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing the fixed stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fitting the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains a pretrained network on your pictures; the best epoch is kept and an interrupted training goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The features do not belong to these pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect the data set that the Embed block was given, split or labelled as you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of all pictures, from the Embed block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pictures with labels and parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backbone with the trained linear head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probabilities for every picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the strength is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By cross-validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the data against the penalty; smaller is more regularised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the inner cross-validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn from the probability of each label instead of the most probable class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These features do not say which network made them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use features of the Embed block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains logistic regression on features: seconds, and the best choice with few labels. Pictures with several labels get one yes or no for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fitting the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no last layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report this as a defect.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>canvas</name>
    <message>
        <source>%1 +</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here fits this port. Press Enter to add a block that does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys choose a port, Enter links, Esc cancels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both are inputs. An input takes the result of an output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both are outputs. An output goes to an input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate {n} block(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {n} block(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put block into link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resize note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resize frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note. Ctrl+Enter or a click beside it ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline. Arrow keys go from block to block, Alt with them along links, Ctrl with them move what is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add {block}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {n} part(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing takes the result of this block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing goes into this block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a block with the arrow keys first, then press L to link it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block has no ports.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of frame</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>channel</name>
    <message>
        <source>The other process has gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other process sent what cannot be read ({what}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that all programs of Patchbay are of one version, then run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message of {bytes} bytes is too large to send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for less at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other process does not read its messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it and start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait, or close it and start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other process does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two programs do not understand each other (protocol {mine} here, {theirs} there).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close all programs of Patchbay and start them again, so that all are of one version.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>{path} exists already and was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no block &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`patchbay blocks` lists all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pipeline file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path; `patchbay new TEMPLATE FILE` makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder is not a Patchbay project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the project: --project DIR. `patchbay run` prints where it keeps its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to look at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name picture files, or a folder that has some.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>context</name>
    <message>
        <source>&quot;{name}&quot; cannot be exported from here: nothing may be written outside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline with `patchbay run`.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>data</name>
    <message>
        <source>A stored data set is damaged ({what}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run `patchbay gc` and then run the pipeline again; the pictures themselves are untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored value is of the type {found}, where {wanted} belongs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again, so that it is made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored {type} was written by a newer Patchbay (form {found}; this version knows up to {known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the newer version to use it. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored {what} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again with `patchbay gc` before it, so that it is made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} is labelled &quot;{label}&quot;, which is not a class of this data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the class to the data set, or correct the label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This step needs data with one class for each picture; these are for the task &quot;{task}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the Picture table block choose one label column and &quot;Class names&quot;, or connect other data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; has no training picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add at least two pictures of it, or remove the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All training pictures have the class &quot;{label}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A classifier needs pictures without it as well: add some, or remove the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; has one training picture, which is too little to learn it from or to trust its figures. Add pictures of it, or remove the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no labelled picture to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the pictures into one folder per class, or label some of them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All training pictures belong to one class, &quot;{label}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A classifier needs at least two classes: add pictures of another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quotation mark opened in line {line} is never closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct that line of the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer request replaced this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} file(s) cannot be read as pictures and will be left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} picture(s) are there more than once, byte for byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {n} picture(s) were opened in the time given; the others are counted by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is only one class: nothing to tell apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class {class} has only {n} picture(s); results for it will be uncertain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The classes are very uneven: {class} has {n} picture(s), the largest more than ten times as many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} picture(s) of the table are not where it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose it again; was it moved or renamed?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder holds more than {n} files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder again; was it moved or renamed?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder that holds the pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {n} file(s) is a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with JPEG, PNG, BMP, WebP or TIFF pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file or folder was chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>edit</name>
    <message>
        <source>A recorded change of the pipeline cannot be read ({what}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was recorded before it is kept; go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is on the clipboard are not blocks of Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy blocks in a pipeline first, then paste them here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copied blocks are damaged and cannot be pasted: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy them again from the pipeline they come from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These blocks were copied by a newer Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Patchbay here, or save the blocks as a pipeline and open that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copied blocks cannot be told apart: two have the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no blocks in what was copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select blocks before copying.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to duplicate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one or more blocks first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a change first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no group with the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been removed in the meantime; look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no block to put into a group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of these blocks are inside &quot;{group}&quot; and some are not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the whole group, or blocks of one group only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline is open in another window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on there, or close it there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These two ports are linked already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link another port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A block cannot be linked to itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link another block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{from}&quot; needs the result of &quot;{to}&quot;, so &quot;{to}&quot; cannot wait for &quot;{from}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one of the links between them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{from}&quot; is inside the loop &quot;{loop}&quot; and delivers one result a pass, but {input} takes a single one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the other block into the loop, or link a block that takes several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no block with the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed, so its ports cannot be linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the pack it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block} has no input &quot;{port}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block} has no output &quot;{port}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the ports that are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{input} reads {type} up to version {wanted}, but gets version {given}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the pack this block comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{input} takes {wanted}, but {output} delivers {given}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a block between them that makes {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block does not fit into this link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its first input has to take {type}, and an output has to deliver it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a block of the list, or install the pack it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A block cannot be put there: the place is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move it back into view and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change {param}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe the pipeline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>&quot;{text}&quot; is not a SHA-256 digest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file that names it was changed by hand or is damaged; restore it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is larger than the {limit} bytes allowed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is the file you meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path leads outside its folder and was not followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use files inside the folder, without links that lead out of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not valid JSON: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the file from a copy, or correct that line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program {name} could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it, or check that it is on PATH.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program {name} did not end in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again when the machine is less busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample pictures &quot;{name}&quot; are not on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run app/setup/install once; it fetches them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not {action} {path}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some disk space, for example with `patchbay gc`, and run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the permissions of the file or folder, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path; was the file moved or renamed?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk and run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A live worker&apos;s answer is incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is not in progress.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`patchbay runs` lists all runs and their states.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files kept changing while the block read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the copying or saving is over and run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block said nothing for a long time and was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again; what was computed so far is used. If it happens again, look at the log of the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block ended without writing its output {port}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a defect of the block: tell its author.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another engine has taken this job over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine ended before this job did, and the job is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again; it goes on from the last checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job ended without a result while no engine was there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be run in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or ask for write permission.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; cannot be the name of a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a name without &quot;/&quot;, control characters or a dot in front, at most 200 bytes long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a JPEG, PNG, BMP, WebP or TIFF picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker program could not be asked: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`patchbay doctor` says what is missing; installing again mends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine of this project ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the command again; finished results are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine of this project does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at {log}; if an engine hangs, end it and run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine of this project belongs to somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask them to end it, or work on a copy of the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine program is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install Patchbay again; patchbay-engine belongs beside patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No engine runs for this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a pipeline; the engine starts by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This engine does not know the request {method}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Patchbay; the program that asked is newer than the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been run in this project yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such run in this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`patchbay runs` lists all runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block has no stored result in this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results cannot be removed while something is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the run to end, or stop it, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for write permission.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This engine has no live workers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block in a pipeline instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be added to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine still runs something.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it to end or stop it; or end the engine at once with --force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request is not a map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the program that asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder for the engine&apos;s socket belongs to somebody else, or others may use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it or `chmod 700` it, or set XDG_RUNTIME_DIR to a private folder of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has too much to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path of the engine&apos;s socket is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set XDG_RUNTIME_DIR to a folder with a shorter path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pipeline file and no template &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`patchbay templates` lists the templates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;? `patchbay templates` lists all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file system of this project cannot keep a database safe while it is written (no write-ahead log).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the project on a local disk; pictures may stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project&apos;s database could not be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore project.db from the backups folder of the project or from your own backup; objects/ stays valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other program that has the project&apos;s database open and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project&apos;s database is damaged: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>project.db is a database of some other program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder for the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project was last used with a newer Patchbay (format {found}; this version knows up to {known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the newer version to open it. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project lies on a network disk ({type}), where its database could be damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the project on a disk of this computer; the pictures may stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or ask for write permission. Looking at runs and plans works as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project is already open in {program} (process {pid}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close that program, or wait until its runs have ended, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project is not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a folder; a new one is made when there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Patchbay project in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path, or run a pipeline there to make one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the result ({part}) is not in the project&apos;s objects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block again; its result is made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pack of item results is not in the project&apos;s objects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing with these bytes is known in this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block that makes it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is not where it was, and it was not found near there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it back, or run the block that reads the pictures again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, or make room on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves are saved as .png, .svg or .csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the file&apos;s name with one of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block made no report in this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a block that makes one, such as Evaluate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another engine has this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to it, or wait until it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>executor</name>
    <message>
        <source>The result was left by another worker than the one that has the job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has gone; the job goes on with what it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again when the engine is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file with the bytes {digest} can be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the picture back where it was, or import the folder again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker asked what this engine does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that all programs of Patchbay are of one version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has changed since it was read in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again, so that the change is seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pack of cached results is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again; what is missing is computed anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block does not keep the rules of the item cache: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report this to the author of the block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The live worker ended unexpectedly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again; it is started anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The live worker did not answer any more and was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no attempt {id} here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An attempt&apos;s id must be a ULID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks write their checkpoints as they go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the job; it goes on from its last checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job still runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pack {path} has changed since it was allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow it again if you trust the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pack {path} cannot be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build it against this version of Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no block &quot;{type}&quot; here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the pack that has it, and allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {near}? Otherwise install the pack that has it, and allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no live service &quot;{type}&quot; here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} needed more memory than there is and was ended by the system (it had {mb} MB).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a smaller batch or input size, or close other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other blocks are not affected. See the attempt&apos;s log, then run again; report it if it happens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} gave no sign of life for {seconds} s and was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint. Report it if it happens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} ended while nobody was watching, without leaving a result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} was killed from outside (signal 9).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint. If nobody killed it, look for the reason in the system&apos;s log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} crashed in the block {block} (signal {signal}, {name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk was full when {step} wanted to write its result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some disk space, for example with `patchbay gc`, and run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} could not write into its attempt folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the permissions of the project&apos;s folder and the disk, then run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block {block} ended its worker with exit code {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block ended without an error and without its output &quot;{port}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is there already and was not written by an export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, or move that one away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library failed inside the block: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the attempt&apos;s log; report this if your input is in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library failed inside the block without saying why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer request took its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the newer one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library failed: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again; report this if your input is in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library failed without saying why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker process could not be started or ended at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run `patchbay doctor`; it says what is missing.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>gallery</name>
    <message>
        <source>{n} picture(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} file(s) unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} picture(s) there more than once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} time(s)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graph</name>
    <message>
        <source>There is no block with the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been removed in the meantime; look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use up to 64 letters, digits, _ and -, without spaces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The id {id} is used by another block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another block is called &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{free}&quot; is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These two ports are linked already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters are names with values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no group with the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two blocks have the id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete one of them and add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two blocks are called &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename one of them, for example to &quot;{free}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the pack it comes from, or remove the block; it is kept as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;? Otherwise install the pack it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block was saved by a newer version of {block} ({there}; installed is {here}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Patchbay or the pack the block comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block was saved by an older version of {block} ({there}; installed is {here}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its parameters are brought up to date when the pipeline runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block} has no input &quot;{port}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block} has no output &quot;{port}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the link and draw it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link has an end at a block that is not there (&quot;{id}&quot;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same link is there twice, from &quot;{from}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{input} takes {wanted}, but &quot;{from}&quot; delivers {given}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link an output of the type {wanted}, or put a block between them that makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{input} reads {type} up to version {wanted}, but &quot;{from}&quot; writes version {given}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the pack this block comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These blocks wait for each other: {blocks}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one of the links between them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not run, because &quot;{from}&quot; is muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not run, because &quot;{from}&quot; does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute that block, or link another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{from}&quot; is inside the loop &quot;{loop}&quot; and delivers one result a pass, but {input} takes a single one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move this block into the loop, or put a block between them that takes several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} is not linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link an output of the type {type} to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} gets nothing, because &quot;{from}&quot; is bypassed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bypassed block hands its first input of the same type on as its first output, and nothing else: take it out of bypass, or link another block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} has {n} links, but takes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove all but one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} needs {least} or more and has {n}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link more outputs of the type {type} to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the pipeline that is to be removed is not there: {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of blocks cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine, worker and packs must come from one version; install Patchbay again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameters of this block are of an older version and cannot be brought up to date here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the pipeline in a project, where the block itself can do it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline cannot be read: {problems}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct these places in a text editor, or restore the file from a copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a Patchbay pipeline: it has no format version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a pipeline saved by Patchbay; `patchbay new` makes one from a template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline was saved by a newer Patchbay (format {version}; this one reads up to {known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Patchbay. The file was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two groups have the same id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The group &quot;{group}&quot; lists &quot;{id}&quot;, which is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it from the group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loop &quot;{group}&quot; has nothing to go through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it an axis with values, or make it an ordinary group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loop &quot;{group}&quot; has an axis whose name &quot;{axis}&quot; cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use letters, digits, _ and -.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has both values and a count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has {n} value(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it 1 to {max} values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has the value {value} twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing takes the values of the axis &quot;{axis}&quot;, so all its passes are equal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bind it to a parameter, or call it &quot;seed&quot; to repeat what is random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; varies several parameters together, and a count says nothing of what each of them takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it values: lists with one entry for each parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value {i} of the axis &quot;{axis}&quot; is {value}, but {n} parameter(s) vary together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write every value as a list with one entry for each bound parameter, in their order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loops &quot;{group}&quot; and &quot;{other}&quot; share some of their blocks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put one wholly inside the other, or keep them apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two axes around the same blocks are called &quot;{axis}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loops around &quot;{group}&quot; make {n} passes or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten an axis: {max} passes are the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; is bound to &quot;{target}&quot;, which is not a block&apos;s parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the block&apos;s name, a dot and the parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean the block &quot;{close}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; is bound to &quot;{target}&quot;, but that block is outside the loop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the block into the loop, or remove the binding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{target}&quot; is bound twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one of the bindings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hint} {n} more problem(s): `patchbay check` lists all.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>inspector</name>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fit(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>learn</name>
    <message>
        <source>{rows} rows of features came with {labels} labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features and labels must come from the same data set, with at least one item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A label is {label}, outside 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave unlabelled items out of training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All training items are of one class, so there is nothing to tell apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label pictures of at least one other class, or check the split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ridge penalty must be greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 is usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrinkage must be between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it empty to estimate it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The temperature must be greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.07 is usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class {class} has no training item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label at least one picture of it, or remove the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing of the same kind to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both sides need features of the same backbone, with at least one item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number of neighbours and the temperature must be greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>20 neighbours and 0.07 are usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The validation items are all of one class, so no threshold can be chosen on them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the validation part items of both classes, or keep the threshold 0.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no interval: the figure is not defined for these items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % percentile bootstrap, {resamples} resamples of whole groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % percentile bootstrap, {resamples} resamples of items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no interval: there is only one run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two models were not measured on the same folds and seeds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run both with the same split and the same seeds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no interval: there are no items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % Wilson score interval, {n} item(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % Student t interval of the mean of {n} run(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % paired t interval over {n} run(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level} % corrected resampled t interval (Nadeau and Bengio) over {n} fold(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no items to evaluate on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the split a test part with labelled items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predictions and labels do not belong to the same items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate predictions on the data set they were made for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no items to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a data set that holds pictures in its training part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a data set that holds labelled pictures in its training part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features and labels must come from the same data set; run the embedding again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is only one class, so there is nothing to tell apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label pictures of at least one other class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{given} class weights were given for {classes} classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give one weight a class, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weight of row {row} is negative or not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights must be 0 or greater.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row} has label {label}, outside 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class probabilities of row {row} are negative or all zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every training item needs at least one class with a probability above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C is {c}; it must be greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values between 0.0001 and 1000 are usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance and number of iterations must be greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave them at 0.0001 and 1000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A class weight is negative or not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class weights must be 0 or greater.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All weights are 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give at least two classes a weight above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head to start from has another number of classes or features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from scratch, or from a head for the same classes and backbone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again when you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {n} item(s) of class {class} are in one of the {folds} folds, so cross-validation cannot learn it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label more items of this class, use fewer folds, or set C by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing the penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value of C to try is not greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folds do not belong to these items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the folds from the same data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row}, feature {feature} is not a finite number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave this item out, or compute its features again; a damaged picture or a diverged model makes such values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no validation items to choose a temperature on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the split a validation part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels and scores do not belong to the same items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate on labelled items of the classes the model knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no items to split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect a data set that holds at least one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two items have the same id {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every item needs an id of its own; import the data set again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {group} was split earlier: some of its items are in {a}, some in {b}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split anew, without the earlier split, or group by another column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shares for validation ({validation}) and test ({test}) leave nothing to train on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose two shares of 0 or more with a sum below 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validation needs at least 2 folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 folds are usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} independent item(s) or group(s) cannot fill {folds} folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use fewer folds or label more items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say either how many items of each class keep their label, or how many per cent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example 5 per class, or 10 per cent.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>metric</name>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1, mean of classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1, all labels together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area under ROC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean average precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures per second in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation balanced accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation mean average precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularisation C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Milliseconds per picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Milliseconds per 8 pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>There is no architecture called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of efficientnet_lite0, efficientnet_lite1, efficientnet_lite2, resnet18, resnet50.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stored model cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again, so that it is made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has a step of the unknown kind {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it with the version of Patchbay that wrote it, or a newer one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network was written by a newer version of Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Patchbay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ONNX file cannot be used: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the model again, as one file with opset 17 or older.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ONNX file was refused: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust the model, save it again as one file with its data inside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network could not be written as ONNX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks of more than 2 GB cannot be one ONNX file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export safetensors instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network has steps that opset 10 of ONNX does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it with opset 17.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a readable PyTorch file: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the file again, or save it anew with torch.save(model.state_dict(), path).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file&apos;s pickle uses operation {opcode}, which weights do not need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the weights alone, with torch.save(model.state_dict(), path) or as safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file wants to use {name} while it is read. Patchbay runs nothing that a weight file brings, so it was not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust its origin, load it in Python and save the weights alone, with torch.save(model.state_dict(), path).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network cannot be used: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the files from one export or backbone together, or make them anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a valid safetensors file: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the file again, or save the weights anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tensor cannot be called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor {name} does not hold what its shape says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tensor has a negative extent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is damaged; fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tensor&apos;s extents multiply to more than any memory holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensors of type {type} are not understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert the weights to F32, F16 or BF16 first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is not one that torch.save writes: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight archives of 4 GB and more are not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the weights as safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>object</name>
    <message>
        <source>A stored result cannot be read: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block again; its result is then written anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A {type} has no part &quot;{part}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the block that made it again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>openvino</name>
    <message>
        <source>There is not enough memory to run this network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller network or smaller pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenVINO failed: {message}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report this together with the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a model with one picture input, a free batch in front and fixed extents behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not hold floating point numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; has no batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; has extents that are not fixed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ONNX model cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has {n} input(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s input has no batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model takes {n} picture(s) at a time, and no other number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not give one row for each picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads and batch count from 1 up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change this setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch does not have the size the network expects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report this together with the pipeline.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message>
        <source>accuracy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean accuracy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>macro F1 %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUROC %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pretrained networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>param</name>
    <message>
        <source>Give true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the path of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the path of a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a list of class names, each once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a list of texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a colour as #rrggbb or #rrggbbaa.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a list of augmentations, each with its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give auto, cpu, cuda or cuda:0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a value from {min} to {max}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose {min} or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose {max} or less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} cannot be &quot;{value}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;? It can be one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block} has no parameter &quot;{param}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it: this block has no parameters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it, or use one of: {params}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} cannot be {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} is {value}, which is out of range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parameters are not a list of names and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write them as {&quot;name&quot;: value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} is not set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value of {param} is not UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it in a UTF-8 terminal.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::studio</name>
    <message>
        <source>%Ln picture(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%Ln class(es)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 x %2 features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A block before it runs first; only then it is known whether this one has to run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for its next pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for the blocks before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted: it and what needs it do not run. Ctrl+M turns it on again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on this machine for %2 pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output %1. L links it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input %1. L links it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pipeline is open for reading only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select something first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one block first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select at least two blocks first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select at least three blocks first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a group or frame first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No group is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside of this group. Double-click to go there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This block type is not installed: %1. The block is kept as it is and does not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bypassed: what comes in goes out unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted: this block and what depends on it do not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name on the command line: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes several links.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May stay open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done before, taken from the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping: %1 of %2 blocks done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 blocks done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block fits this port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block that fits matches: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block matches: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a block that takes this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a block that gives this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No blocks are installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks by category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add %1</source>
        <comment>a block</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command matches: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command or a block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key matches: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed; by default: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys for &quot;%1&quot;:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a command above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command has no keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command has its default keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 belongs to &quot;%2&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign to take the keys away from it, or press others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the new keys in the field first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands or keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the part &quot;%2&quot;, %3 classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be found: &quot;%1&quot;, from a probability of %2 on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AugmentEditor</name>
    <message>
        <source>Add an augmentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: add an augmentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves things about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes how things look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is being asked which augmentations there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks have different lists; this is the first one&apos;s. What you change here goes to all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No augmentations: the pictures are used as they are.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::BlockPage</name>
    <message>
        <source>Inputs and outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About this block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loop &quot;%1&quot; sets this, by its variable &quot;%2&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::CanvasNode</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>takes from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ChoiceEditor</name>
    <message>
        <source>%1 (default)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ColourEditor</name>
    <message>
        <source>Choose a colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DeviceEditor</name>
    <message>
        <source>The GPU when there is one that fits, else the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An NVIDIA GPU; the block fails where there is none.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ListEditor</name>
    <message>
        <source>Add a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove what is selected (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks have different lists; this is the first one&apos;s. What you change here goes to all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No classes are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; is listed twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename or remove one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name and number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data have no classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the pictures into one folder for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what and why it cannot be done</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing is selected in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the classes from the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a folder or table of pictures first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MixedPage</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Blocks of one kind can be edited together. Choose which:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>kind of block and how many</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::NumberEditor</name>
    <message>
        <source>%1, slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a number: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PathEditor</name>
    <message>
        <source>Choose or drop a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose or drop a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder of this name yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file of this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a file; choose a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder; choose a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 picture(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 picture(s) in %2 classes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PipelinePage</name>
    <message>
        <source>%1, %2</source>
        <comment>blocks and links</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>block and what is wrong</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>errors and warnings</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a problem to see the block it belongs to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a block to see its settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title of the pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is for, what data it takes, what to look at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems of the pipeline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::StepCard</name>
    <message>
        <source>Apply &quot;%1&quot; earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply &quot;%1&quot; later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no augmentation of this name here. Remove it, or install the version that has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the first already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the last already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>{param} changed from {before} to {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} is new in this version of the block; it is {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{param} is gone; it was {before}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} is now linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} is no longer linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} has {n} link(s) instead of {before}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} changed (it comes from {from} and {n} other block(s)).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {input} changed (it comes from {from}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files it reads changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} was added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files were added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files were removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is computed with changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is computed with changed: {what} was {before} and is {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has not run yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was another block ({before}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version of the block computes something else than the one before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed changed from {before} to {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block is called &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the name of a block of this pipeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not run: it or a block before it is muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loops make {n} steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten an axis: {max} steps are the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored plan cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again; it is then planned anew.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>reason</name>
    <message>
        <source>It has not run in this project yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It depends on something outside Patchbay, so it always runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it exported is no longer there, or was exported anew by another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its stored result is no longer complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something its result depends on changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs if {block} gives another result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} was added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files were added, for example {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files changed, for example {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files are no longer there, for example {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its worker crashed; it is tried once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine ended while it ran; it goes on from its checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files changed while they were read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs {block}, which failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs {block}, which did not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It still runs since the engine ended; its result is waited for.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>{n} picture(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In no part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>A job or its result cannot be read ({what}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again; what is missing is done anew.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>schema</name>
    <message>
        <source>The description of the block {block} cannot be read: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine, worker and packs must come from one version; install the pack or Patchbay again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>set</name>
    <message>
        <source>&quot;{text}&quot; cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write --set name.param=value, for example --set probe.folds=5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No block is called &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks are: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed, so nothing can be set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the pack it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{target} takes its values from the loop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the loop instead: --set {loop}=[...].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loop &quot;{loop}&quot; has no axis &quot;{axis}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See `patchbay check` for the loops of this pipeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is neither a list nor a count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write --set {loop}=[[a,1],[b,2]]: a list of lists, one entry for each parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write --set {loop}=0,1,2 or --set {loop}=[0,1,2], or a number of passes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>store</name>
    <message>
        <source>A stored object is missing ({digest}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again; what is missing is made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored object no longer has the bytes it was stored with ({digest}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the pipeline again; it is made anew. If this happens often, check the disk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Choose pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine of this project is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it is back, or choose &quot;Connect again&quot; at the bottom of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project cannot be marked as open: {cause}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that $XDG_RUNTIME_DIR or /tmp can be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are too many projects of that name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove some, or choose another projects folder in the preferences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was moved, open it from where it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the threshold</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>template</name>
    <message>
        <source>Classify my pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classify pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classify pictures with few labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classify with few labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare backbones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validates linear probes (224 px) and fine-tuning (288 px) on the solar cells: five folds, several seeds, and the paired difference on the same folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence on solar cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds defective solar cells on electroluminescence pictures: fine-tunes a pretrained network on 2,624 photographs and exports it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect solar cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learns from ten labelled pictures of each class on features of a pretrained network: seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predict a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prove how good a method is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says what is on every picture of a folder with an exported model, and writes a table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains a classifier on a folder of your own pictures, one sub-folder for each class, and exports it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains the same linear probe on three pretrained networks and says which is best on your pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder of pictures and an exported model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder with one sub-folder of pictures for each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 1 min on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 10 s for 500 pictures on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 2 min for 500 pictures on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 3 min for 500 pictures on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 7 min on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 80 min on two cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing: runs on the sample; choose your own folder afterwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing: the pictures come with the installation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>torch</name>
    <message>
        <source>Stopped on request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this network at this batch size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller batch or smaller pictures, or train the last stages only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch failed: {message}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report this together with the pipeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checkpoint was made with another network, other settings or other data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train again from the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch does not have the size the network expects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change this setting of the training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no output to train.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s first output is not one row of numbers for each picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no examples to train on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The batch must hold at least one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training needs at least one epoch or step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is outside the range of &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There must be one class weight for each of the {n} class(es).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class weights are numbers from 0 up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rates are numbers from 0 up, one for each stage, and not all 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no stage &quot;{stage}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The libraries for training on a GPU cannot be loaded: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s libraries with the setup program, or choose the device &quot;cpu&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;{device}&quot; is not a device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use &quot;cpu&quot;, or &quot;cuda:0&quot; for the first GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine has no NVIDIA GPU that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the device &quot;cpu&quot;, or install NVIDIA&apos;s driver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU {index} was asked for, and {n} GPU(s) answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one that is there; GPUs are counted from 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training diverged: the loss is no longer a number after {n} step(s).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a lower learning rate, or limit the gradients&apos; norm.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vision</name>
    <message>
        <source>Mirror left and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not for text, or where left and right mean something.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For pictures without an up, such as parts seen from above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarter turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns by 0, 90, 180 or 270 degrees; pictures that are not square by 0 or 180.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns about the centre; corners become grey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slants the picture, as a camera seen from the side does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upright</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the picture; what is uncovered becomes grey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop and enlarge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A random part, enlarged to the full size. Too small a part can lose the defect that the label speaks of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change of the sides&apos; ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase a rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills a random rectangle with noise, so that no single spot decides. Not for small defects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratio of its sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other exposure: 1 keeps it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the mean grey: 1 keeps it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 is grey, 1 keeps it. Grey pictures stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns the colour circle. Not where colour decides the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the network look at shapes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 smooths, 1 keeps, 2 sharpens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture out of focus.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Radius</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grain of a sensor in poor light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation, of 255</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer shades</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps only the upper bits of every channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solarize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inverts everything above a threshold; strong, for large data sets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equalize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spreads the shades evenly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretches every channel to the full range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A negative; where dark-on-light and light-on-dark both occur.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG artefacts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressed and unpacked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TrivialAugmentWide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One random operation of fourteen at a random strength. A good start from 20 pictures a class; nothing to tune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no augmentation &quot;{name}&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the list, such as hflip, rotate or brightness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The probability of &quot;{name}&quot; is not between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number from 0 (never) to 1 (always).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The range &quot;{key}&quot; of &quot;{name}&quot; cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give [from, to] within {lo} and {hi}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it: this augmentation has no such parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture has no pixels: its header says {w} x {h}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it again from the program that made it, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture&apos;s header asks for {w} x {h} pixels; at most {max} million pixels and {side} a side are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If the size is real, cut the picture into tiles or save a smaller copy; otherwise the file is damaged, leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {format} file ends before the picture does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the file again from its source, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {format} file is damaged: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the file again from its source, or open and save it in an image program, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of {format} file is not read: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the picture as PNG or as 8- or 16-bit TIFF in an image program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again from its source, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not a picture in a format that is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use JPEG, PNG, BMP, WebP or TIFF. The name does not count, the content does: open the file in an image program and save it in one of these formats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to decode a picture of {w} x {h} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, use fewer threads, or save a smaller copy of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be written as {format}: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a smaller picture; if it stays, report the picture&apos;s size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the pictures was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to load the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use fewer threads or smaller batches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be loaded: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the picture out and report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The preprocessing record&apos;s &quot;{key}&quot; cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a whole number from 1 to 4096.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give three numbers above 0, on the 0 to 255 scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give three numbers, on the 0 to 255 scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a map with resize, size, crop, interpolation, mean, std and scaled_decode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give &quot;short-side&quot; or &quot;squash&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give &quot;bicubic&quot; or &quot;bilinear&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The short side must be at least as long as the crop: raise size or lower crop.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
