/** The only two IPC channels there are: the bridge's messages, one each way. */
export const toHostChannel = 'workbench:to-host';
export const fromHostChannel = 'workbench:from-host';
